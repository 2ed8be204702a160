using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Yaml;

namespace Models.Parsing.Nodes.Semantics;

/// <summary>Converts short forms of the semantic layer's YAML to the long form in dbt's manifest. Source: its public schema, version 12.</summary>
internal static class SemanticValues
{
    public static string[] Fqn(NodeProperties properties) => ParseSession.Fqn(
        properties.File.Package.Name, PropertyPaths.Below(properties.File.Package.ModelPaths, properties.File.Relative), properties.Name);

    /// <summary>Reports missing required keys; returns true if one is missing.</summary>
    public static bool Missing(NodeProperties properties, string owner, ReadOnlySpan<string> keys, DiagnosticBag diagnostics)
    {
        var isMissing = false;
        foreach (var key in keys)
        {
            if (properties.Yaml[key] is not (null or YamlScalar { IsNull: true }))
                continue;

            diagnostics.Add(ProjectDiagnostics.MissingKey(properties.NameSpan, owner, key));
            isMissing = true;
        }

        return isMissing;
    }

    /// <summary>A condition, or a list of conditions that must all be true.</summary>
    public static object? Filter(YamlValue? written)
    {
        if (written is null or YamlScalar { IsNull: true })
            return null;

        var conditions = written is YamlSequence list ? list.Items : [written];
        return new JinjaDict
        {
            ["where_filters"] = new JinjaList(conditions.Select(c => (object?)new JinjaDict { ["where_sql_template"] = PythonText.Str(c.ToTemplateValue()) })),
        };
    }

    /// <summary>A time window: <c>7 days</c>.</summary>
    public static object? Window(YamlValue? written)
    {
        if (written is not YamlScalar { IsNull: false } scalar)
            return written?.ToTemplateValue();

        var parts = scalar.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts is [var count, var grain] && long.TryParse(count, out var number)
            ? new JinjaDict { ["count"] = number, ["granularity"] = grain.ToLowerInvariant() }
            : scalar.Text;
    }

    /// <summary>A measure that a metric aggregates: its name, or a mapping with its name.</summary>
    public static JinjaDict? Measure(YamlValue? written) => written switch
    {
        YamlScalar { IsNull: false } scalar => Measure(scalar.Text, settings: null),
        YamlMapping mapping when mapping["name"] is YamlScalar name => Measure(name.Text, mapping),
        _ => null,
    };

    /// <summary>A metric that another metric reads: its name, or a mapping with its name.</summary>
    public static JinjaDict? Metric(YamlValue? written) => written switch
    {
        YamlScalar { IsNull: false } scalar => Metric(scalar.Text, settings: null),
        YamlMapping mapping when mapping["name"] is YamlScalar name => Metric(name.Text, mapping),
        _ => null,
    };

    /// <summary>The name and position of a measure or metric.</summary>
    public static (string Name, SourceSpan Span)? Name(YamlValue? written) => written switch
    {
        YamlScalar { IsNull: false } scalar => (scalar.Text, scalar.Span),
        YamlMapping mapping when mapping["name"] is YamlScalar name => (name.Text, name.Span),
        _ => null,
    };

    public static JinjaList List(YamlValue? written) =>
        written is YamlSequence items ? new JinjaList(items.Items.Select(i => i.ToTemplateValue())) : new JinjaList();

    private static JinjaDict Measure(string name, YamlMapping? settings) => new()
    {
        ["name"] = name,
        ["filter"] = Filter(settings?["filter"]),
        ["alias"] = settings?["alias"]?.ToTemplateValue(),
        ["join_to_timespine"] = settings?["join_to_timespine"]?.ToTemplateValue() is true,
        ["fill_nulls_with"] = settings?["fill_nulls_with"]?.ToTemplateValue(),
    };

    private static JinjaDict Metric(string name, YamlMapping? settings) => new()
    {
        ["name"] = name,
        ["filter"] = Filter(settings?["filter"]),
        ["alias"] = settings?["alias"]?.ToTemplateValue(),
        ["offset_window"] = Window(settings?["offset_window"]),
        ["offset_to_grain"] = settings?["offset_to_grain"]?.ToTemplateValue(),
    };
}
