namespace Models.Compiler.Graph;

/// <summary>
/// A part of the semantic layer, declared in yaml: kept, checked and put into the graph, and computed by other tools.
/// Source: docs.getdbt.com/docs/build/about-metricflow.
/// </summary>
public abstract class SemanticNode : Node
{
    /// <summary>What dbt's manifest says of it beyond what every node has, in the manifest's own form and order.</summary>
    public IReadOnlyDictionary<string, object?> Properties { get; set; } = new Dictionary<string, object?>();
}

/// <summary>A model seen as entities, dimensions and measures.</summary>
public sealed class SemanticModelNode : SemanticNode
{
    public override ResourceType ResourceType => ResourceType.SemanticModel;

    /// <summary>The names of its measures, which metrics aggregate.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];
}

/// <summary>A figure: one measure, or a calculation on other metrics.</summary>
public sealed class MetricNode : SemanticNode
{
    public override ResourceType ResourceType => ResourceType.Metric;

    /// <summary><c>simple</c>, <c>ratio</c>, <c>cumulative</c>, <c>derived</c> or <c>conversion</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The measures it aggregates.</summary>
    public List<MeasureReference> MeasureRefs { get; } = [];
}

/// <summary>A question on metrics that is asked by name.</summary>
public sealed class SavedQueryNode : SemanticNode
{
    public override ResourceType ResourceType => ResourceType.SavedQuery;
}
