namespace Models.Project.Store;

/// <summary>
/// The files that one compilation keeps for the next, in one folder. All files have one format (<see cref="StoreFile"/>), and each entry is valid for
/// a key, which is a <see cref="Digest"/>. docs/build.md lists the files, the contents of their keys and when they are discarded.
/// </summary>
internal static class BuildStore
{
    /// <summary>Nodes as parsed from their files. <c>ParseInputs</c> computes the key.</summary>
    public const string Parse = "partial_parse.leadline";

    /// <summary>Digests of rendered SQL. <c>RenderKeys</c> computes the keys.</summary>
    public const string Rendered = "rendered.cache";

    /// <summary>Columns and lineage. <c>AnalysisScope</c> and the analysers that use it compute the keys.</summary>
    public const string Analysis = "analysis.cache";

    /// <summary>The positions of the entries in manifest.json. <c>ManifestKeys</c> computes the keys.</summary>
    public const string Manifest = "manifest.index";

    private static readonly string[] s_parts = [Analysis, Rendered, Parse, Manifest];

    /// <summary>The paths of all files of the store in a folder.</summary>
    public static IEnumerable<string> FilesIn(string folder) => s_parts.Select(part => Path.Combine(folder, part)).Where(File.Exists);
}
