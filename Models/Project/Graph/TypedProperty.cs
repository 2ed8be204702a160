namespace Models.Project.Graph;

/// <summary>One property of a node type. Everything that shows, stores or compares nodes uses it.</summary>
/// <param name="Key">Its name in templates and in the manifest.</param>
/// <param name="Template">The value that templates see.</param>
public sealed record TypedProperty(string Key, Func<Node, object?> Template)
{
    /// <summary>The value in the manifest; null if it is the same as in templates.</summary>
    public Func<Node, object?>? Manifest { get; init; }

    /// <summary>True for a key that properties files may contain; false for a value that comes from somewhere else.</summary>
    public bool IsYamlKey { get; init; }

    /// <summary>False if only templates see it.</summary>
    public bool IsInManifest { get; init; } = true;

    /// <summary>The value that the parse cache stores, or null for the node's default; null if the property is derived from others.</summary>
    public Func<Node, object?>? Kept { get; init; }

    /// <summary>Returns the node with a cached value.</summary>
    public Func<Node, object, Node>? Restore { get; init; }

    /// <summary>
    /// Compares a node's value with the text in a manifest, or with null if there is none; null if a difference does not count as a modification.
    /// </summary>
    public Func<Node, string?, bool>? IsSameAs { get; init; }

    public object? ManifestValue(Node node) => (Manifest ?? Template)(node);
}
