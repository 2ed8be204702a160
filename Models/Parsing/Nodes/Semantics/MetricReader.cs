using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Parsing.Nodes.Semantics;

/// <summary>Reads metrics. Source: docs.getdbt.com/docs/build/metrics-overview.</summary>
internal sealed class MetricReader(ParseSession session)
{
    /// <summary>The required <c>type_params</c> of each type.</summary>
    private static readonly Dictionary<string, string[]> s_needed = new(StringComparer.Ordinal)
    {
        ["simple"] = ["measure"],
        ["ratio"] = ["numerator", "denominator"],
        ["derived"] = ["expr", "metrics"],
        ["cumulative"] = [],
        ["conversion"] = ["conversion_type_params"],
    };

    public void Read(NodeProperties properties)
    {
        var owner = $"the metric '{properties.Name}'";
        if (SemanticValues.Missing(properties, owner, ["label", "type", "type_params"], session.Diagnostics))
            return;

        var type = properties.File.Text(properties.Yaml["type"])!.ToLowerInvariant();
        if (!s_needed.TryGetValue(type, out var needed))
        {
            session.Diagnostics.Add(ProjectDiagnostics.InvalidValue(properties.Yaml["type"]!.Span, type, "type", string.Join(", ", s_needed.Keys)));
            return;
        }

        if (properties.Yaml["type_params"] is not YamlMapping parameters)
        {
            session.Diagnostics.Add(
                ProjectDiagnostics.UnexpectedYamlKind(properties.Yaml["type_params"]!.Span, "type_params", properties.Yaml["type_params"]!.Kind, "a mapping"));
            return;
        }

        foreach (var key in needed.Where(k => parameters[k] is null or YamlScalar { IsNull: true }))
            session.Diagnostics.Add(ProjectDiagnostics.MissingKey(parameters.Span, $"type_params of {owner}", key));

        var metric = Create(properties, properties.Name, type, properties.File.Description(properties.Yaml["description"]), properties.NameSpan) with
        {
            MeasureRefs = MeasureReferences(parameters),
            MetricRefs = MetricReferences(parameters),
            Properties = Properties(
                properties.File.Text(properties.Yaml["label"]) ?? "", type, TypeParameters(parameters),
                SemanticValues.Filter(properties.Yaml["filter"]), properties.File.Text(properties.Yaml["time_granularity"])),
        };
        Add(metric, properties, properties, isDisabled: properties.File.Value(properties.Yaml["enabled"]) is false);
    }

    /// <summary>Adds the metric for a measure with <c>create_metric</c>.</summary>
    public void AddFor(SemanticElement measure, SemanticModelNode model, NodeProperties properties)
    {
        var span = measure.Yaml["name"]!.Span;
        var label = properties.File.Text(measure.Yaml["label"]) ?? measure.Name;
        var metric = Create(properties, measure.Name, "simple", properties.File.Description(measure.Yaml["description"]), span) with
        {
            MeasureRefs = [new MeasureReference(measure.Name, span)],
            Properties = Properties(
                label, "simple", new JinjaDict { ["measure"] = SemanticValues.Measure(measure.Yaml["name"]) }, filter: null, timeGranularity: null),
        };
        Add(metric, properties, described: null, isDisabled: !model.Config.Enabled);
    }

    private void Add(MetricNode metric, NodeProperties properties, NodeProperties? described, bool isDisabled)
    {
        metric = session.Configure(metric, properties.File.Package, described);
        session.Add(isDisabled ? metric with { Config = metric.Config.With("enabled", false) } : metric);
    }

    private static MetricNode Create(NodeProperties properties, string name, string type, string description, SourceSpan span)
    {
        var package = properties.File.Package;
        var below = PropertyPaths.Below(package.ModelPaths, properties.File.Relative);
        return new MetricNode
        {
            UniqueId = $"metric.{package.Name}.{name}",
            Name = name,
            Type = type,
            PackageName = package.Name,
            OriginalFilePath = properties.File.Relative,
            PathInFolder = below,
            Span = span,
            Fqn = ParseSession.Fqn(package.Name, below, name),
            Description = description,
        };
    }

    private static Dictionary<string, object?> Properties(string label, string type, JinjaDict parameters, object? filter, string? timeGranularity) => new()
    {
        ["label"] = label,
        ["type"] = type,
        ["type_params"] = parameters,
        ["filter"] = filter,
        ["time_granularity"] = timeGranularity,
    };

    private static List<MeasureReference> MeasureReferences(YamlMapping parameters)
    {
        var conversion = parameters["conversion_type_params"] as YamlMapping;
        var references = new List<MeasureReference>();
        foreach (var measure in (ReadOnlySpan<YamlValue?>)[parameters["measure"], conversion?["base_measure"], conversion?["conversion_measure"]])
        {
            if (SemanticValues.Name(measure) is var (name, span))
                references.Add(new MeasureReference(name, span));
        }

        return references;
    }

    private static List<MetricReference> MetricReferences(YamlMapping parameters)
    {
        var cumulative = parameters["cumulative_type_params"] as YamlMapping;
        var references = new List<MetricReference>();
        IEnumerable<YamlValue?> metrics =
            [parameters["numerator"], parameters["denominator"], cumulative?["metric"], .. (parameters["metrics"] as YamlSequence)?.Items ?? []];
        foreach (var read in metrics)
        {
            if (SemanticValues.Name(read) is var (name, span) && !references.Exists(r => r.Name == name))
                references.Add(new MetricReference(name, Package: null, span));
        }

        return references;
    }

    private static JinjaDict TypeParameters(YamlMapping yaml)
    {
        var conversion = yaml["conversion_type_params"] as YamlMapping;
        var cumulative = yaml["cumulative_type_params"] as YamlMapping;
        return new JinjaDict
        {
            ["measure"] = SemanticValues.Measure(yaml["measure"]),
            ["numerator"] = SemanticValues.Metric(yaml["numerator"]),
            ["denominator"] = SemanticValues.Metric(yaml["denominator"]),
            ["expr"] = yaml["expr"]?.ToTemplateValue() is { } expression ? PythonText.Str(expression) : null,
            ["window"] = SemanticValues.Window(yaml["window"]),
            ["grain_to_date"] = yaml["grain_to_date"]?.ToTemplateValue(),
            ["metrics"] = yaml["metrics"] is YamlSequence metrics ? new JinjaList(metrics.Items.Select(SemanticValues.Metric).OfType<JinjaDict>()) : null,
            ["conversion_type_params"] = conversion is null ? null : Conversion(conversion),
            ["cumulative_type_params"] = cumulative is null ? null : new JinjaDict
            {
                ["window"] = SemanticValues.Window(cumulative["window"]),
                ["grain_to_date"] = cumulative["grain_to_date"]?.ToTemplateValue(),
                ["period_agg"] = cumulative["period_agg"]?.ToTemplateValue() ?? "first",
                ["metric"] = SemanticValues.Metric(cumulative["metric"]),
            },
        };
    }

    private static JinjaDict Conversion(YamlMapping yaml) => new()
    {
        ["base_measure"] = SemanticValues.Measure(yaml["base_measure"]),
        ["conversion_measure"] = SemanticValues.Measure(yaml["conversion_measure"]),
        ["entity"] = yaml["entity"]?.ToTemplateValue(),
        ["calculation"] = yaml["calculation"]?.ToTemplateValue() ?? "conversion_rate",
        ["window"] = SemanticValues.Window(yaml["window"]),
        ["constant_properties"] = yaml["constant_properties"]?.ToTemplateValue(),
    };
}
