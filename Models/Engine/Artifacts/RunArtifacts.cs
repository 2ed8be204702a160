using Models.Artifacts;
using Models.Engine.State;
using Models.Parsing;

namespace Models.Engine.Artifacts;

/// <summary>Writes a run's artifacts to <c>target/</c> at its end. The SQL of its nodes is written during the run (<see cref="SqlFiles"/>).</summary>
internal static class RunArtifacts
{
    public static void Write(
        ParsedProject project, RunSummary summary, RunOptions options, IReadOnlyDictionary<string, IReadOnlyList<string>>? withTests = null)
    {
        if (!AreWanted(project))
            return;

        Directory.CreateDirectory(project.TargetPath);
        var compiled = summary.Results
            .Where(r => r.CompiledSql is not null)
            .ToDictionary(r => r.Node.UniqueId, r => r.CompiledSql!, StringComparer.Ordinal);
        WriteManifest(project, compiled, withTests);
        RunResultsWriter.Write(Path.Combine(project.TargetPath, "run_results.json"), summary, options);
    }

    /// <summary>Writes manifest.json with the whole graph and the compiled SQL of rendered nodes, and graph_summary.json.</summary>
    /// <param name="project">The project.</param>
    /// <param name="compiled">The compiled SQL by unique id.</param>
    /// <param name="withTests">For a build, in which nodes wait for tests, the ids of the nodes after each node.</param>
    public static void WriteManifest(
        ParsedProject project, IReadOnlyDictionary<string, string> compiled, IReadOnlyDictionary<string, IReadOnlyList<string>>? withTests = null)
    {
        if (!AreWanted(project))
            return;

        var manifest = Path.Combine(project.TargetPath, "manifest.json");
        var index = Path.Combine(project.TargetPath, ManifestFile.IndexName);
        ManifestFile.Write(project, compiled, PreviousAnalysis.Read(project, manifest), manifest, index);
        GraphSummary.Write(Path.Combine(project.TargetPath, "graph_summary.json"), project, withTests);
    }

    /// <c>--no-write-json</c> disables both the manifest and the results.
    private static bool AreWanted(ParsedProject project) => project.Options.Flags.GetValueOrDefault("write_json") is not false;
}
