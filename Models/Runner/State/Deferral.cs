using Models.Database;
using Models.Database.Catalog;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Runner.State;

/// <summary>Lets nodes that are not selected be read from where an earlier run, usually production's, has them.</summary>
internal static class Deferral
{
    /// <exception cref="RunException">No earlier run is named.</exception>
    public static T Require<T>(T? earlier)
        where T : class => earlier ?? throw new RunException("--defer reads from an earlier run: name its folder with --state or --defer-state.");

    /// <summary>Where the nodes of the run stand once those that are not selected are read from the earlier run's relations.</summary>
    /// <param name="project">The project; its own map says where nodes stand without deferral.</param>
    /// <param name="selected">What the run builds.</param>
    /// <param name="state">The earlier run.</param>
    /// <param name="cache">What is in the target.</param>
    /// <param name="favorState">Defers also what the target has.</param>
    public static RelationMap Map(ParsedProject project, IReadOnlyList<Node> selected, PreviousArtifacts state, RelationCache cache, bool favorState)
    {
        var ids = selected.Select(n => n.UniqueId).ToHashSet(StringComparer.Ordinal);
        var deferred = new Dictionary<string, Relation>(StringComparer.Ordinal);
        foreach (var node in project.Graph.InOrder.OfType<RelationNode>())
        {
            if (node is TestNode or SourceNode or AnalysisNode or ModelNode { IsEphemeral: true } || ids.Contains(node.UniqueId))
                continue;

            var isThere = cache.TypeOf(project.Relations.Of(node)) is not null;
            if ((!isThere || favorState) && state.RelationOf(node.UniqueId) is { } elsewhere)
                deferred[node.UniqueId] = elsewhere;
        }

        return project.Relations.Moving(deferred);
    }
}
