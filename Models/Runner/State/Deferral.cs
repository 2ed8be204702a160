using Models.Compiler.Graph;
using Models.Runner.Database;

namespace Models.Runner.State;

/// <summary>Lets nodes that are not selected be read from where an earlier run, usually production's, has them.</summary>
internal static class Deferral
{
    /// <exception cref="RunException">No earlier run is named.</exception>
    public static T Require<T>(T? earlier)
        where T : class => earlier ?? throw new RunException("--defer reads from an earlier run: name its folder with --state or --defer-state.");

    public static void Apply(ProjectGraph graph, IReadOnlyList<Node> selected, PreviousState state, RelationCache cache, bool favorState)
    {
        var ids = selected.Select(n => n.UniqueId).ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.InOrder.OfType<RelationNode>())
        {
            if (node is TestNode or SourceNode or AnalysisNode or ModelNode { IsEphemeral: true } || ids.Contains(node.UniqueId))
                continue;

            var isThere = cache.TypeOf(node.Relation) is not null;
            if ((!isThere || favorState) && state.RelationOf(node.UniqueId) is { } elsewhere)
                node.Relation = elsewhere;
        }
    }
}
