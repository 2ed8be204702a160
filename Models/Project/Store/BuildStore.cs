namespace Models.Project.Store;

/// <summary>
/// What one compilation keeps for the next, in a folder of its own: each part is a file of one format (<see cref="StoreFile"/>), and each
/// entry in it holds for a key, which is a <see cref="Digest"/>. docs/build.md lists the parts, what their keys are made of and when they
/// are thrown away.
/// </summary>
internal static class BuildStore
{
    /// <summary>Nodes as their files describe them. The key is made by <c>ParseInputs</c>.</summary>
    public const string Parse = "partial_parse.leadline";

    /// <summary>Digests of rendered SQL. The keys are made by <c>RenderKeys</c>.</summary>
    public const string Rendered = "rendered.cache";

    /// <summary>Columns and lineage. The keys are made by <c>AnalysisScope</c> and the analysers that use it.</summary>
    public const string Analysis = "analysis.cache";

    /// <summary>Where the entries of manifest.json stand. The keys are made by <c>ManifestKeys</c>.</summary>
    public const string Manifest = "manifest.index";

    private static readonly string[] s_parts = [Analysis, Rendered, Parse, Manifest];

    /// <summary>The parts that a folder has.</summary>
    public static IEnumerable<string> FilesIn(string folder) => s_parts.Select(part => Path.Combine(folder, part)).Where(File.Exists);
}
