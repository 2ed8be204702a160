namespace Models.Project.Graph;

/// <summary>The enabled nodes of a project and its packages by unique id, in dependency order.</summary>
public sealed class ProjectGraph
{
    private readonly Dictionary<string, Node> _nodes;
    private readonly Dictionary<string, List<string>> _children = new(StringComparer.Ordinal);

    /// <param name="nodesInOrder">All nodes, parents before children.</param>
    public ProjectGraph(IReadOnlyList<Node> nodesInOrder)
    {
        InOrder = nodesInOrder;
        _nodes = nodesInOrder.ToDictionary(n => n.UniqueId, StringComparer.Ordinal);
        foreach (var node in nodesInOrder)
        {
            foreach (var parent in node.DependsOn)
            {
                if (!_children.TryGetValue(parent, out var children))
                    _children[parent] = children = [];
                children.Add(node.UniqueId);
            }
        }
    }

    /// <summary>All nodes, parents before children.</summary>
    public IReadOnlyList<Node> InOrder { get; }

    public Node this[string uniqueId] => _nodes[uniqueId];

    public bool TryGet(string uniqueId, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out Node node) =>
        _nodes.TryGetValue(uniqueId, out node);

    public IReadOnlyList<string> Parents(string uniqueId) => _nodes[uniqueId].DependsOn;

    public IReadOnlyList<string> Children(string uniqueId) => _children.TryGetValue(uniqueId, out var c) ? c : [];
}
