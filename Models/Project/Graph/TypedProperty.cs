namespace Models.Project.Graph;

/// <summary>One property of a kind of node, as everything that shows, keeps or compares nodes reads it.</summary>
/// <param name="Key">Its name in templates and in the manifest.</param>
/// <param name="Template">The value that templates see.</param>
public sealed record TypedProperty(string Key, Func<Node, object?> Template)
{
    /// <summary>The value in the manifest; null where it is that of templates.</summary>
    public Func<Node, object?>? Manifest { get; init; }

    /// <summary>False for what only templates see.</summary>
    public bool IsInManifest { get; init; } = true;

    /// <summary>The value that a parse record keeps, null for the node's default; null where the property follows from others.</summary>
    public Func<Node, object?>? Kept { get; init; }

    /// <summary>The node with a value that was kept.</summary>
    public Func<Node, object, Node>? Restore { get; init; }

    /// <summary>
    /// Says whether a node has the value that a manifest prints, null for none; null where a difference does not make the node modified.
    /// </summary>
    public Func<Node, string?, bool>? IsSameAs { get; init; }

    public object? ManifestValue(Node node) => (Manifest ?? Template)(node);
}
