using System.Collections.Concurrent;
using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>
/// What templates see of a project once all its nodes are known, in one run: the nodes, where they stand, what the command selected.
/// Nothing in it changes; what it keeps is rendered once and the same for everyone. Safe for concurrent use.
/// </summary>
/// <param name="nodes">Answers refs and sources.</param>
/// <param name="graph">Every enabled node.</param>
/// <param name="relations">Where the nodes stand in this run.</param>
/// <param name="selected">Unique ids of the nodes that the command selected.</param>
internal sealed class ResolvedProject(NodeLookup nodes, ProjectGraph graph, RelationMap relations, IReadOnlyList<string> selected)
{
    private readonly Lazy<JinjaDict> _graphDict = new(() => GraphDictionary.Of(graph, relations));
    private readonly Lazy<EphemeralNames> _ephemeralNames = new(() => new EphemeralNames(graph));

    public NodeLookup Nodes { get; } = nodes;

    public ProjectGraph Graph { get; } = graph;

    public RelationMap Relations { get; } = relations;

    public IReadOnlyList<string> Selected { get; } = selected;

    /// <summary>The <c>graph</c> of templates: every enabled node, built when a template first asks.</summary>
    public JinjaDict GraphDict => _graphDict.Value;

    /// <summary>The names that ephemeral models have in the queries they are put into.</summary>
    public EphemeralNames EphemeralNames => _ephemeralNames.Value;

    /// <summary>Rendered ephemeral models that did not look at the database, by unique id.</summary>
    public ConcurrentDictionary<string, RenderedEphemeral> Ephemerals { get; } = new(StringComparer.Ordinal);

    /// <summary>The same nodes in another run.</summary>
    public ResolvedProject In(RelationMap relations, IReadOnlyList<string> selected) => new(Nodes, Graph, relations, selected);
}
