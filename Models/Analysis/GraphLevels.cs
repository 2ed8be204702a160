using Models.Project.Graph;

namespace Models.Analysis;

/// <summary>Sorts the relations of a graph into levels: all parents of a node are in earlier levels.</summary>
internal static class GraphLevels
{
    public static IReadOnlyList<IReadOnlyList<RelationNode>> Of(ProjectGraph graph)
    {
        var level = new Dictionary<string, int>(StringComparer.Ordinal);
        var levels = new List<List<RelationNode>>();
        foreach (var node in graph.InOrder)
        {
            if (node is not (ModelNode or SeedNode or SourceNode or SnapshotNode or FunctionNode))
                continue;

            var own = 0;
            foreach (var parent in node.DependsOn)
            {
                if (level.TryGetValue(parent, out var above))
                    own = Math.Max(own, above + 1);
            }

            level[node.UniqueId] = own;
            while (levels.Count <= own)
                levels.Add([]);
            levels[own].Add((RelationNode)node);
        }

        return levels;
    }
}
