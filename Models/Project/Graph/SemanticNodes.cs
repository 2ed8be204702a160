namespace Models.Project.Graph;

/// <summary>
/// A part of the semantic layer, declared in yaml: kept, checked and put into the graph, and computed by other tools.
/// Source: docs.getdbt.com/docs/build/about-metricflow.
/// </summary>
public abstract record SemanticNode : Node
{
    /// <summary>What dbt's manifest says of it beyond what every node has, in the manifest's own form and order.</summary>
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>();
}

/// <summary>A model seen as entities, dimensions and measures.</summary>
public sealed record SemanticModelNode : SemanticNode
{
    public override ResourceType ResourceType => ResourceType.SemanticModel;

    /// <summary>The names of its measures, which metrics aggregate.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];
}

/// <summary>A figure: one measure, or a calculation on other metrics.</summary>
public sealed record MetricNode : SemanticNode
{
    public override ResourceType ResourceType => ResourceType.Metric;

    /// <summary><c>simple</c>, <c>ratio</c>, <c>cumulative</c>, <c>derived</c> or <c>conversion</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The measures it aggregates.</summary>
    public IReadOnlyList<MeasureReference> MeasureRefs { get; init; } = [];
}

/// <summary>A question on metrics that is asked by name.</summary>
public sealed record SavedQueryNode : SemanticNode
{
    public override ResourceType ResourceType => ResourceType.SavedQuery;
}
