using Models.Compiler.Analysis;
using Models.Compiler.Graph;

namespace Models.Compiler.Artifacts;

/// <summary>Writes a compilation's artifacts to the project's target folder, in dbt's layout.</summary>
internal static class CompiledFiles
{
    /// <summary>The file beside others that are kept for the next compilation.</summary>
    public const string IndexName = "manifest.index";

    public static IReadOnlyList<string> Write(
        ParsedProject project, IDictionary<string, RenderedNode> rendered, IReadOnlyDictionary<string, AnalysedNode> nodes, string? cacheDirectory)
    {
        var folder = Path.Combine(project.TargetPath, "compiled");
        var paths = new List<(string Path, string Sql)>(rendered.Count);
        foreach (var node in rendered.Values)
        {
            if (node.Node is not TestNode && node.Full is { } full)
                paths.Add((Path.Combine(folder, node.Node.PackageName, node.Node.OriginalFilePath.Replace('/', Path.DirectorySeparatorChar)), full.Sql));
        }

        Parallel.ForEach(paths, file => OutputFile.WriteIfDifferent(file.Path, file.Sql));
        var manifest = Path.Combine(project.TargetPath, "manifest.json");
        var index = cacheDirectory is null ? null : Path.Combine(cacheDirectory, IndexName);
        ManifestFile.Write(project, new RenderedSql(rendered), nodes, manifest, index);
        return [manifest, .. paths.Select(p => p.Path)];
    }
}
