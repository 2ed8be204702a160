using System.Collections.Concurrent;
using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Rendering.Context;

/// <summary>
/// The data of a project in one run that templates see once all nodes are parsed: the nodes, their relations, and the selection. Immutable apart from
/// caches of renderings that are the same for all readers. Safe for concurrent use.
/// </summary>
/// <param name="nodes">Resolves refs and sources.</param>
/// <param name="graph">The enabled nodes.</param>
/// <param name="relations">The relations of nodes in this run.</param>
/// <param name="selected">Unique ids of the nodes that the command selected.</param>
internal sealed class ResolvedProject(NodeLookup nodes, ProjectGraph graph, RelationMap relations, IReadOnlyList<string> selected)
{
    private readonly Lazy<JinjaDict> _graphDict = new(() => GraphDictionary.Of(graph, relations));
    private readonly Lazy<EphemeralNames> _ephemeralNames = new(() => new EphemeralNames(graph));

    public NodeLookup Nodes { get; } = nodes;

    public ProjectGraph Graph { get; } = graph;

    public RelationMap Relations { get; } = relations;

    public IReadOnlyList<string> Selected { get; } = selected;

    /// <summary>The <c>graph</c> of templates with all enabled nodes, built on first use.</summary>
    public JinjaDict GraphDict => _graphDict.Value;

    /// <summary>The CTE names of ephemeral models.</summary>
    public EphemeralNames EphemeralNames => _ephemeralNames.Value;

    /// <summary>Rendered ephemeral models that did not query the database, by unique id.</summary>
    public ConcurrentDictionary<string, RenderedEphemeral> Ephemerals { get; } = new(StringComparer.Ordinal);

    /// <summary>Returns the same nodes for another run.</summary>
    public ResolvedProject In(RelationMap relations, IReadOnlyList<string> selected) => new(Nodes, Graph, relations, selected);
}
