using Models.Diagnostics;
using Models.Project.Yaml;

namespace Models.Parsing.Properties;

/// <summary>
/// Rewrites the semantic layer's YAML of dbt 1.12, in which a model's entry declares its semantic model and its metrics, to the older form of separate
/// entries. A simple metric becomes a measure and a metric of that. Source: docs.getdbt.com/docs/build/latest-metrics-spec.
/// </summary>
internal static class ModelSemantics
{
    private static readonly string[] s_keptOfMetrics =
        ["name", "label", "type", "description", "filter", "time_granularity", "meta", "tags", "group", "config", "enabled"];

    /// <summary>The semantic model of a model's entry; null if it has none.</summary>
    public static NodeProperties? SemanticModelOf(NodeProperties model)
    {
        var yaml = model.Yaml;
        if (!IsEnabled(model))
            return null;

        var own = yaml["semantic_model"] as YamlMapping;
        var name = own?["name"] ?? yaml["name"]!;
        var derived = yaml["derived_semantics"] as YamlMapping;
        var columns = Items(yaml["columns"]).ToList();
        return new NodeProperties(model.File, model.File.Text(name)!, Mapping(yaml.Span, [
            ("name", name),
            ("model", new YamlScalar(yaml["name"]!.Span, $"ref('{model.Name}')", isPlain: false)),
            ("description", own?["description"] ?? yaml["description"]),
            ("label", own?["label"]),
            ("config", own?["config"]),
            ("primary_entity", yaml["primary_entity"]),
            ("defaults", yaml["agg_time_dimension"] is { } time ? Mapping(time.Span, [("agg_time_dimension", time)]) : null),
            ("entities", List(yaml.Span, [
                .. columns.Where(c => c["entity"] is not null).Select(c => Element(c, c["entity"]!)), .. Items(derived?["entities"]),
            ])),
            ("dimensions", List(yaml.Span, [
                .. columns.Where(c => c["dimension"] is not null).Select(c => Element(c, c["dimension"]!)),
                .. Items(derived?["dimensions"]).Select(d => WithGranularity(d, d["granularity"])),
            ])),
            ("measures", List(yaml.Span, [.. Items(yaml["metrics"]).Where(IsSimple).Select(Measure)])),
        ]));
    }

    /// <summary>The metrics of a model's entry.</summary>
    public static IEnumerable<NodeProperties> MetricsOf(NodeProperties model) =>
        from metric in IsEnabled(model) ? Items(model.Yaml["metrics"]) : []
        let name = model.File.Text(metric["name"])
        where name is not null
        select Metric(new NodeProperties(model.File, name, metric));

    /// <summary>A metric in the older form, which has its settings under <c>type_params</c>; one in that form already stays.</summary>
    public static NodeProperties Metric(NodeProperties metric)
    {
        var yaml = metric.Yaml;
        if (yaml["type_params"] is not null || yaml["type"] is not YamlScalar type)
            return metric;

        var parameters = type.Text.ToLowerInvariant() switch
        {
            "simple" => Mapping(yaml.Span, [
                ("measure", Mapping(yaml.Span, [
                    ("name", yaml["name"]), ("fill_nulls_with", yaml["fill_nulls_with"]), ("join_to_timespine", yaml["join_to_timespine"]),
                ])),
            ]),
            "ratio" => Mapping(yaml.Span, [("numerator", yaml["numerator"]), ("denominator", yaml["denominator"])]),
            "derived" => Mapping(yaml.Span, [("expr", yaml["expr"]), ("metrics", yaml["input_metrics"])]),
            "cumulative" => Mapping(yaml.Span, [
                ("cumulative_type_params", Mapping(yaml.Span, [
                    ("metric", yaml["input_metric"]), ("window", yaml["window"]), ("grain_to_date", yaml["grain_to_date"]), ("period_agg", yaml["period_agg"]),
                ])),
            ]),
            "conversion" => Mapping(yaml.Span, [
                ("conversion_type_params", Mapping(yaml.Span, [
                    ("base_measure", yaml["base_metric"]), ("conversion_measure", yaml["conversion_metric"]), ("entity", yaml["entity"]),
                    ("calculation", yaml["calculation"]), ("window", yaml["window"]), ("constant_properties", yaml["constant_properties"]),
                ])),
            ]),
            _ => YamlMapping.Empty(yaml.Span),
        };
        return new NodeProperties(metric.File, metric.Name, Mapping(yaml.Span, [
            .. s_keptOfMetrics.Select(key => (key, yaml[key] ?? (key == "label" ? yaml["name"] : null))), ("type_params", parameters),
        ]));
    }

    private static bool IsEnabled(NodeProperties model) => model.Yaml["semantic_model"] switch
    {
        YamlMapping own => own["enabled"]?.ToTemplateValue() is not false,
        { } value => value.ToTemplateValue() is true,
        null => false,
    };

    private static bool IsSimple(YamlMapping metric) => metric["type"] is YamlScalar type && type.Text.Equals("simple", StringComparison.OrdinalIgnoreCase);

    /// <summary>An entity or a dimension of a column: its type alone, or a mapping, in which the column's name is what is missing.</summary>
    private static YamlMapping Element(YamlMapping column, YamlValue written)
    {
        var own = written as YamlMapping ?? Mapping(written.Span, [("type", written)]);
        return WithGranularity(
            Mapping(written.Span, [("name", own["name"] ?? column["name"]), ("expr", own["expr"] ?? column["name"]), .. Rest(own, "name", "expr")]),
            column["granularity"]);
    }

    private static YamlMapping WithGranularity(YamlMapping element, YamlValue? granularity)
    {
        var validity = element["validity_params"];
        if (granularity is null && validity is null)
            return element;

        var parameters = Mapping(element.Span, [("time_granularity", granularity), ("validity_params", validity)]);
        return Mapping(element.Span, [.. Rest(element, "granularity", "validity_params"), ("type_params", parameters)]);
    }

    private static YamlMapping Measure(YamlMapping metric)
    {
        var isDiscrete = metric["percentile_type"] is YamlScalar { Text: "discrete" } type ? new YamlScalar(type.Span, "true", isPlain: true) : null;
        var over = metric["non_additive_dimension"] as YamlMapping;
        return Mapping(metric.Span, [
            ("name", metric["name"]),
            ("agg", metric["agg"]),
            ("expr", metric["expr"]),
            ("agg_time_dimension", metric["agg_time_dimension"]),
            ("agg_params", metric["percentile"] is { } share
                ? Mapping(share.Span, [("percentile", share), ("use_discrete_percentile", isDiscrete)])
                : null),
            ("non_additive_dimension", over is null
                ? null
                : Mapping(over.Span, [("name", over["name"]), ("window_choice", over["window_agg"]), ("window_groupings", over["group_by"])])),
        ]);
    }

    private static IEnumerable<YamlMapping> Items(YamlValue? list) => (list as YamlSequence)?.Items.OfType<YamlMapping>() ?? [];

    private static IEnumerable<(string Key, YamlValue? Value)> Rest(YamlMapping mapping, params string[] without) =>
        mapping.Entries.Where(e => !without.Contains(e.Key)).Select(e => (e.Key, (YamlValue?)e.Value));

    private static YamlSequence List(SourceSpan span, IReadOnlyList<YamlValue> items) => new(span, items);

    private static YamlMapping Mapping(SourceSpan span, IEnumerable<(string Key, YamlValue? Value)> entries) =>
        new(span, [.. entries.Where(e => e.Value is not null).Select(e => new YamlEntry(e.Key, e.Key, e.Value!.Span, e.Value))]);
}
