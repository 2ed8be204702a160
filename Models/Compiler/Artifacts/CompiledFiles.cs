using Models.Compiler.Analysis;
using Models.Compiler.Graph;

namespace Models.Compiler.Artifacts;

/// <summary>Writes a compilation's artifacts to the project's target folder, in dbt's layout.</summary>
internal static class CompiledFiles
{
    public static IReadOnlyList<string> Write(
        ParsedProject project, IDictionary<string, RenderedNode> rendered, IReadOnlyDictionary<string, AnalysedNode> nodes)
    {
        var folder = Path.Combine(project.TargetPath, "compiled");
        var compiled = new Dictionary<string, string>(StringComparer.Ordinal);
        var paths = new List<(string Path, string Sql)>(rendered.Count);
        foreach (var (id, node) in rendered)
        {
            if (node.Full is not { } full)
                continue;

            compiled[id] = full.Sql;
            if (node.Node is not TestNode)
                paths.Add((Path.Combine(folder, node.Node.PackageName, node.Node.OriginalFilePath.Replace('/', Path.DirectorySeparatorChar)), full.Sql));
        }

        Parallel.ForEach(paths, file => OutputFile.WriteIfDifferent(file.Path, file.Sql));
        var manifest = Path.Combine(project.TargetPath, "manifest.json");
        ManifestFile.Write(project, compiled, nodes, manifest);
        return [manifest, .. paths.Select(p => p.Path)];
    }
}
