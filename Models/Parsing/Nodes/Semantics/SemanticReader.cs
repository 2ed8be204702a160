using Models.Jinja.Rendering;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Project.Yaml;
using Models.Rendering.Context;

namespace Models.Parsing.Nodes.Semantics;

/// <summary>
/// Reads semantic models, metrics and saved queries. Names are resolved when the graph is built; filters stay unrendered, because their templates are
/// for the querying tool. Source: docs.getdbt.com/docs/build/semantic-models.
/// </summary>
internal sealed class SemanticReader(ParseSession session)
{
    private readonly MetricReader _metrics = new(session);
    private readonly SavedQueryExports _exports = new(session.Project);

    public void Read()
    {
        foreach (var properties in session.Properties.SemanticModels)
            ReadSemanticModel(properties);
        foreach (var properties in session.Properties.Metrics)
            _metrics.Read(properties);
        foreach (var properties in session.Properties.SavedQueries)
            ReadSavedQuery(properties);
    }

    private void ReadSemanticModel(NodeProperties properties)
    {
        if (SemanticValues.Missing(properties, $"the semantic model '{properties.Name}'", ["model"], session.Diagnostics))
            return;

        var file = properties.File;
        var dimensions = SemanticElements.Read(properties, "dimensions", SemanticElements.Dimension, session.Diagnostics);
        var measures = SemanticElements.Read(properties, "measures", SemanticElements.Measure, session.Diagnostics);
        var entities = SemanticElements.Read(properties, "entities", SemanticElements.Entity, session.Diagnostics);
        var node = new SemanticModelNode
        {
            UniqueId = $"semantic_model.{file.Package.Name}.{properties.Name}",
            Name = properties.Name,
            PackageName = file.Package.Name,
            OriginalFilePath = file.Relative,
            PathInFolder = PropertyPaths.Below(file.Package.ModelPaths, file.Relative),
            Span = properties.NameSpan,
            Fqn = SemanticValues.Fqn(properties),
            Description = file.Description(properties.Yaml["description"]),
            Measures = [.. measures.Select(m => m.Name)],
            Properties = new Dictionary<string, object?>
            {
                ["label"] = file.Text(properties.Yaml["label"]),
                ["model"] = file.Text(properties.Yaml["model"]),
                ["defaults"] = file.Value(properties.Yaml["defaults"]) as JinjaDict,
                ["entities"] = new JinjaList(entities.Select(e => e.Value)),
                ["measures"] = new JinjaList(measures.Select(m => m.Value)),
                ["dimensions"] = new JinjaList(dimensions.Select(d => d.Value)),
                ["primary_entity"] = file.Text(properties.Yaml["primary_entity"]),
            },
        };
        node = ReadModel(session.Configure(node, file.Package, properties), properties);
        CheckTimeDimensions(properties, dimensions, measures);
        session.Add(node);
        foreach (var measure in measures.Where(m => m.Value.TryGetValue("create_metric", out var wanted) && wanted is true))
            _metrics.AddFor(measure, node, properties);
    }

    /// <summary>Reads the model, which is referenced by a call with or without braces.</summary>
    private SemanticModelNode ReadModel(SemanticModelNode node, NodeProperties properties)
    {
        if (properties.Yaml["model"] is not YamlScalar model)
            return node;

        var capture = new NodeCapture();
        var context = new NodeContext(session.Project, node.PackageName, node, connection: null) { Capture = capture };
        YamlCall.Evaluate(model, properties.File, context, session.Diagnostics);
        if (capture.Refs.Count == 0)
            session.Diagnostics.Add(ProjectDiagnostics.InvalidValue(model.Span, model.Text, "model", "ref('name')"));
        return ParseSession.AddReads(node, capture, context);
    }

    /// <summary>Checks that every measure has a time dimension of the model for aggregation: its own, or the model's default.</summary>
    private void CheckTimeDimensions(NodeProperties properties, IReadOnlyList<SemanticElement> dimensions, IReadOnlyList<SemanticElement> measures)
    {
        var times = dimensions.Where(d => d.Value.TryGetValue("type", out var type) && type is "time")
            .Select(d => d.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var named = measures.Select(m => m.Yaml["agg_time_dimension"]).Append((properties.Yaml["defaults"] as YamlMapping)?["agg_time_dimension"]);
        foreach (var place in named.OfType<YamlScalar>().Where(p => !p.IsNull && !times.Contains(p.Text)))
            session.Diagnostics.Add(ProjectDiagnostics.UnknownDimension(place.Span, properties.Name, place.Text, times));
    }

    private void ReadSavedQuery(NodeProperties properties)
    {
        var file = properties.File;
        if (SemanticValues.Missing(properties, $"the saved query '{properties.Name}'", ["query_params"], session.Diagnostics))
            return;

        var asked = properties.Yaml["query_params"] as YamlMapping;
        var node = new SavedQueryNode
        {
            UniqueId = $"saved_query.{file.Package.Name}.{properties.Name}",
            Name = properties.Name,
            PackageName = file.Package.Name,
            OriginalFilePath = file.Relative,
            PathInFolder = PropertyPaths.Below(file.Package.ModelPaths, file.Relative),
            Span = properties.NameSpan,
            Fqn = SemanticValues.Fqn(properties),
            Description = file.Description(properties.Yaml["description"]),
            MetricRefs =
            [
                .. ((asked?["metrics"] as YamlSequence)?.Items ?? [])
                    .Select(m => file.Text(m) is { } name ? new MetricReference(name, Package: null, m.Span) : null).OfType<MetricReference>(),
            ],
        };
        node = session.Configure(node, file.Package, properties);
        session.Add(node with
        {
            Properties = new Dictionary<string, object?>
            {
                ["label"] = file.Text(properties.Yaml["label"]),
                ["query_params"] = new JinjaDict
                {
                    ["metrics"] = new JinjaList(node.MetricRefs.Select(r => (object?)r.Name)),
                    ["group_by"] = SemanticValues.List(asked?["group_by"]),
                    ["where"] = SemanticValues.Filter(asked?["where"]),
                    ["order_by"] = SemanticValues.List(asked?["order_by"]),
                    ["limit"] = asked?["limit"]?.ToTemplateValue(),
                },
                ["exports"] = _exports.Read(properties, node),
            },
        });
    }
}
