using System.Collections.Concurrent;
using Models.Analysis;
using Models.Parsing;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Artifacts;

/// <summary>Writes a compilation's artifacts to the project's target folder, in dbt's layout.</summary>
internal static class CompiledFiles
{
    /// <param name="project">The project.</param>
    /// <param name="rendered">The rendered nodes.</param>
    /// <param name="nodes">The analysis results.</param>
    /// <param name="cacheDirectory">The folder of the build cache; null for no cache.</param>
    /// <param name="entries">The render cache entries by unique id; receives the stamps of the written files.</param>
    public static IReadOnlyList<string> Write(
        ParsedProject project,
        IDictionary<string, RenderedNode> rendered,
        IReadOnlyDictionary<string, AnalysedNode> nodes,
        string? cacheDirectory,
        ConcurrentDictionary<string, RenderEntry> entries)
    {
        var files = rendered.Values.Where(n => n.Node is not TestNode && n.HasSql).ToList();
        var paths = new string[files.Count];
        Parallel.For(0, paths.Length, i =>
        {
            var node = files[i];
            paths[i] = SqlFilePath.Of(project, "compiled", node.Node);
            if (!entries.TryGetValue(node.Node.UniqueId, out var entry))
                OutputFile.WriteIfDifferent(paths[i], node.Full!.Sql);
            else if (!OutputFile.HasStamp(paths[i], entry.FileLength, entry.FileTime))
                entries[node.Node.UniqueId] = Write(paths[i], node, entry);
        });

        var manifest = Path.Combine(project.TargetPath, "manifest.json");
        var index = cacheDirectory is null ? null : Path.Combine(cacheDirectory, ManifestFile.IndexName);
        ManifestFile.Write(project, new RenderedSql(rendered), nodes, manifest, index);
        return [manifest, .. paths];
    }

    private static RenderEntry Write(string path, RenderedNode node, RenderEntry entry)
    {
        OutputFile.WriteIfDifferent(path, node.Full!.Sql);
        var file = new FileInfo(path);
        return entry with { FileLength = file.Length, FileTime = file.LastWriteTimeUtc.Ticks };
    }
}
