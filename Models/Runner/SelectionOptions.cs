using Models.Project.Graph;

namespace Models.Runner;

/// <summary>The part of a command line that says which nodes are meant.</summary>
public sealed record SelectionOptions
{
    /// <summary><c>--select</c>: each entry one or more selectors; all of them are united.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary><c>--selector</c>: the name of an entry of selectors.yml.</summary>
    public string? Selector { get; init; }

    /// <summary>Types to keep; empty keeps all that the verb runs.</summary>
    public IReadOnlyList<ResourceType> ResourceTypes { get; init; } = [];

    public IReadOnlyList<ResourceType> ExcludeResourceTypes { get; init; } = [];

    public IndirectSelection IndirectSelection { get; init; } = IndirectSelection.Eager;
}

/// <summary>Which tests come along with the nodes that were selected. Source: dbt's page on test selection.</summary>
public enum IndirectSelection
{
    /// <summary>Every test that touches a selected node.</summary>
    Eager,

    /// <summary>Tests whose every parent is selected.</summary>
    Cautious,

    /// <summary>Tests whose every parent is selected or an ancestor of a selected node.</summary>
    Buildable,

    /// <summary>No tests but those named.</summary>
    Empty,
}
