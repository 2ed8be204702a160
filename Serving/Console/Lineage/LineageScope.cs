using Serving.Console.Catalog;

namespace Serving.Console.Lineage;

/// <summary>Which part of the graph is drawn. Tests and macros are left out.</summary>
internal static class LineageScope
{
    /// <summary>The node, and what is at most this many levels above and below it.</summary>
    public static HashSet<string> Around(WarehouseCatalog catalog, CatalogNode focus, int up, int down)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { focus.Id };
        Walk(focus, up, node => catalog.ParentsOf(node), found);
        Walk(focus, down, node => catalog.ChildrenOf(node), found);
        return found;
    }

    /// <summary>All nodes of a project and a layer or tag; empty texts ask for all.</summary>
    public static HashSet<string> Matching(WarehouseCatalog catalog, string? project, string? group) =>
        catalog.Nodes
            .Where(node => IsDrawn(node)
                && (string.IsNullOrEmpty(project) || node.Project == project)
                && (string.IsNullOrEmpty(group) || node.Layer == group || node.Tags.Contains(group)))
            .Select(node => node.Id)
            .ToHashSet(StringComparer.Ordinal);

    public static bool IsDrawn(CatalogNode node) => !node.IsTest && node.Type is not "macro";

    private static void Walk(CatalogNode start, int levels, Func<CatalogNode, IEnumerable<CatalogNode>> next, HashSet<string> found)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { start.Id };
        IReadOnlyList<CatalogNode> level = [start];
        for (; levels > 0 && level.Count > 0; levels--)
            level = [.. level.SelectMany(next).Where(node => IsDrawn(node) && seen.Add(node.Id))];

        found.UnionWith(seen);
    }
}
