using Models.Database;
using Models.Database.Catalog;
using Models.Parsing;
using Models.Project.Graph;

namespace Models.Engine.State;

/// <summary>Reads nodes that are not selected from the relations of an earlier run, usually production's.</summary>
internal static class Deferral
{
    /// <exception cref="RunException">No earlier run is given.</exception>
    public static T Require<T>(T? earlier)
        where T : class => earlier ?? throw new RunException("--defer reads from an earlier run: name its folder with --state or --defer-state.");

    /// <summary>Returns the relations of the run's nodes, in which nodes that are not selected have the earlier run's relations.</summary>
    /// <param name="project">The project with its relations without deferral.</param>
    /// <param name="selected">The nodes that the run builds.</param>
    /// <param name="state">The earlier run.</param>
    /// <param name="cache">The existing relations in the target.</param>
    /// <param name="favorState">Whether to defer even if the target has the relation.</param>
    public static RelationMap Map(ParsedProject project, IReadOnlyList<Node> selected, PreviousArtifacts state, RelationCache cache, bool favorState)
    {
        state.RequireManifest();
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
