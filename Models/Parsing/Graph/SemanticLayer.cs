using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Parsing.Graph;

/// <summary>Completes semantic nodes with data that requires resolved names.</summary>
internal static class SemanticLayer
{
    /// <param name="nodesInOrder">All nodes, parents before children.</param>
    /// <returns>The same nodes in the same order, with the semantic ones completed.</returns>
    public static IReadOnlyList<Node> Complete(IReadOnlyList<Node> nodesInOrder)
    {
        if (!nodesInOrder.Any(n => n is SemanticNode))
            return nodesInOrder;

        // parents come first, so that the measures of a derived metric's parents are known
        var completed = new Dictionary<string, Node>(nodesInOrder.Count, StringComparer.Ordinal);
        foreach (var node in nodesInOrder)
        {
            completed[node.UniqueId] = node switch
            {
                SemanticModelNode model =>
                    model with { Properties = new Dictionary<string, object?>(model.Properties) { ["node_relation"] = RelationOf(model, completed) } },
                MetricNode metric when metric.Properties["type_params"] is JinjaDict parameters => WithMeasures(metric, parameters, completed),
                _ => node,
            };
        }

        return [.. nodesInOrder.Select(n => completed[n.UniqueId])];
    }

    private static JinjaDict? RelationOf(SemanticModelNode model, Dictionary<string, Node> nodes) =>
        model.DependsOn.Select(id => nodes.GetValueOrDefault(id)).OfType<RelationNode>().FirstOrDefault() is not { Relation: var relation }
            ? null
            : new JinjaDict
            {
                ["alias"] = relation.AsWritten.Identifier,
                ["schema_name"] = relation.AsWritten.Schema,
                ["database"] = relation.AsWritten.Database,
                ["relation_name"] = relation.ToString(),
            };

    private static MetricNode WithMeasures(MetricNode metric, JinjaDict parameters, Dictionary<string, Node> nodes)
    {
        var completed = parameters.Copy();
        completed["input_measures"] = Measures(metric, parameters, nodes);
        return metric with { Properties = new Dictionary<string, object?>(metric.Properties) { ["type_params"] = completed } };
    }

    private static JinjaList Measures(MetricNode metric, JinjaDict parameters, Dictionary<string, Node> nodes)
    {
        var measures = new JinjaList();
        var conversion = MappingValue.Value(parameters, "conversion_type_params");
        foreach (var own in new[] { MappingValue.Value(
            parameters, "measure"), MappingValue.Value(conversion, "base_measure"), MappingValue.Value(conversion, "conversion_measure") })
        {
            if (own is not null)
                measures.Add(own);
        }

        foreach (var read in metric.DependsOn.Select(id => nodes.GetValueOrDefault(id)).OfType<MetricNode>())
        {
            foreach (var measure in MappingValue.Items(MappingValue.Value(read.Properties["type_params"], "input_measures")))
                measures.Add(measure);
        }

        return measures;
    }
}
