using Models.Project.Graph;

namespace Models.Engine;

/// <summary>The options of a command line that select nodes.</summary>
public sealed record SelectionOptions
{
    /// <c>--select</c>: each entry contains one or more selectors; all are combined by union.
    public IReadOnlyList<string> Select { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary><c>--selector</c>: the name of an entry of selectors.yml.</summary>
    public string? Selector { get; init; }

    /// <summary>Types to keep; empty for all types that the verb runs.</summary>
    public IReadOnlyList<ResourceType> ResourceTypes { get; init; } = [];

    public IReadOnlyList<ResourceType> ExcludeResourceTypes { get; init; } = [];

    public IndirectSelection IndirectSelection { get; init; } = IndirectSelection.Eager;
}

/// <summary>Which tests are selected together with the selected nodes. Source: dbt's page on test selection.</summary>
public enum IndirectSelection
{
    /// <summary>All tests that read a selected node.</summary>
    Eager,

    /// <summary>Tests whose parents are all selected.</summary>
    Cautious,

    /// <summary>Tests whose parents are all selected, or ancestors of selected nodes.</summary>
    Buildable,

    /// <summary>Only explicitly selected tests.</summary>
    Empty,
}
