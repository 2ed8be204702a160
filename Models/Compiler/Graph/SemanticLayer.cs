using Models.Jinja.Rendering;

namespace Models.Compiler.Graph;

/// <summary>Adds to semantic nodes what is known only once their names are resolved.</summary>
internal static class SemanticLayer
{
    public static void Complete(ProjectGraph graph)
    {
        // parents come first, so that a metric finds the measures of those it is made of
        foreach (var node in graph.InOrder)
        {
            if (node is SemanticModelNode model)
                model.Properties = new Dictionary<string, object?>(model.Properties) { ["node_relation"] = RelationOf(model, graph) };
            else if (node is MetricNode metric && metric.Properties["type_params"] is JinjaDict parameters)
                parameters["input_measures"] = Measures(metric, parameters, graph);
        }
    }

    private static JinjaDict? RelationOf(SemanticModelNode model, ProjectGraph graph) =>
        model.DependsOn.Select(id => graph[id]).OfType<RelationNode>().FirstOrDefault() is not { Relation: var relation }
            ? null
            : new JinjaDict
            {
                ["alias"] = relation.AsWritten.Identifier,
                ["schema_name"] = relation.AsWritten.Schema,
                ["database"] = relation.AsWritten.Database,
                ["relation_name"] = relation.ToString(),
            };

    private static JinjaList Measures(MetricNode metric, JinjaDict parameters, ProjectGraph graph)
    {
        var measures = new JinjaList();
        var conversion = MappingValue.Value(parameters, "conversion_type_params");
        foreach (var own in new[] { MappingValue.Value(parameters, "measure"), MappingValue.Value(conversion, "base_measure"), MappingValue.Value(conversion, "conversion_measure") })
        {
            if (own is not null)
                measures.Add(own);
        }

        foreach (var read in metric.DependsOn.Select(id => graph.TryGet(id, out var node) ? node as MetricNode : null).OfType<MetricNode>())
        {
            foreach (var measure in MappingValue.Items(MappingValue.Value(read.Properties["type_params"], "input_measures")))
                measures.Add(measure);
        }

        return measures;
    }
}
