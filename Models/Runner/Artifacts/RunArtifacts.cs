using Models.Artifacts;
using Models.Parsing;
using Models.Runner.State;

namespace Models.Runner.Artifacts;

/// <summary>What a run leaves under <c>target/</c> at its end; the SQL of its nodes is there already (<see cref="SqlFiles"/>).</summary>
internal static class RunArtifacts
{
    public static void Write(ParsedProject project, RunSummary summary, RunOptions options)
    {
        if (!AreWanted(project))
            return;

        Directory.CreateDirectory(project.TargetPath);
        var compiled = summary.Results
            .Where(r => r.CompiledSql is not null)
            .ToDictionary(r => r.Node.UniqueId, r => r.CompiledSql!, StringComparer.Ordinal);
        WriteManifest(project, compiled);
        RunResultsWriter.Write(Path.Combine(project.TargetPath, "run_results.json"), summary, options);
    }

    /// <summary>manifest.json: the whole graph, with the SQL of what was rendered.</summary>
    public static void WriteManifest(ParsedProject project, IReadOnlyDictionary<string, string> compiled)
    {
        if (!AreWanted(project))
            return;

        var manifest = Path.Combine(project.TargetPath, "manifest.json");
        var index = Path.Combine(project.TargetPath, ManifestFile.IndexName);
        ManifestFile.Write(project, compiled, PreviousAnalysis.Read(project, manifest), manifest, index);
    }

    /// <summary><c>--no-write-json</c> wants neither manifest nor results.</summary>
    private static bool AreWanted(ParsedProject project) => project.Options.Flags.GetValueOrDefault("write_json") is not false;
}
