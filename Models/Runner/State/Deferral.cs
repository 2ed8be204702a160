using Models.Compiler.Graph;
using Models.Runner.Execution;

namespace Models.Runner.State;

/// <summary>Lets nodes that are not selected be read from where an earlier run, usually production's, has them.</summary>
internal static class Deferral
{
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
