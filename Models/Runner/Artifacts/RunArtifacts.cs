using Models.Compiler;

namespace Models.Runner.Artifacts;

/// <summary>Everything a run leaves under <c>target/</c>.</summary>
internal static class RunArtifacts
{
    public static void Write(ParsedProject project, RunSummary summary, RunOptions options)
    {
        Directory.CreateDirectory(project.TargetPath);
        CompiledSqlWriter.Write(project, summary.Results);
        RunResultsWriter.Write(Path.Combine(project.TargetPath, "run_results.json"), summary, options);
    }
}
