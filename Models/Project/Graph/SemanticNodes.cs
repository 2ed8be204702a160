namespace Models.Project.Graph;

/// <summary>
/// A part of the semantic layer, declared in YAML. It is checked and added to the graph and the manifest, but other tools evaluate it. Source:
/// docs.getdbt.com/docs/build/about-metricflow.
/// </summary>
public abstract record SemanticNode : Node
{
    /// <summary>The properties beyond those of every node, in the form and order of dbt's manifest.</summary>
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>();
}

/// <summary>A model described by entities, dimensions and measures.</summary>
public sealed record SemanticModelNode : SemanticNode
{
    public override ResourceType ResourceType => ResourceType.SemanticModel;

    /// <summary>The names of its measures, which metrics aggregate.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];
}

/// <summary>A metric: one measure, or a calculation from other metrics.</summary>
public sealed record MetricNode : SemanticNode
{
    public override ResourceType ResourceType => ResourceType.Metric;

    /// <summary><c>simple</c>, <c>ratio</c>, <c>cumulative</c>, <c>derived</c> or <c>conversion</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The measures it aggregates.</summary>
    public IReadOnlyList<MeasureReference> MeasureRefs { get; init; } = [];
}

/// <summary>A named query on metrics.</summary>
public sealed record SavedQueryNode : SemanticNode
{
    public override ResourceType ResourceType => ResourceType.SavedQuery;
}
