using Models.Diagnostics;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Parsing.Properties;

/// <summary>The keys that properties files may contain, so that misspelt keys are reported. Source: docs.getdbt.com/reference/configs-and-properties.</summary>
internal static class PropertyKeys
{
    private static readonly string[] s_node =
        ["name", "description", "docs", "config", "columns", "data_tests", "tests", "meta", "tags", "group"];

    private static readonly Dictionary<string, string[]> s_entries = new(StringComparer.Ordinal)
    {
        ["models"] = 
        [
            .. s_node, .. TypedProperties.ModelKeys, "versions", "semantic_model", "agg_time_dimension", "metrics", "derived_semantics", "primary_entity",
        ],
        ["seeds"] = s_node,
        ["snapshots"] = [.. s_node, "relation"],
        ["analyses"] = s_node,
        ["macros"] = ["name", "description", "docs", "meta", "config", "arguments"],
        ["data_tests"] = ["name", "description", "config", "meta", "docs", "tags"],
        ["sources"] =
        [
            "name", "description", "database", "schema", "loader", "loaded_at_field", "loaded_at_query", "meta", "tags", "config", "overrides",
            "freshness", "quoting", "tables", "quoting", "data_tests", "tests",
        ],
        ["exposures"] = ["name", "label", "type", "url", "maturity", "description", "depends_on", "owner", "meta", "tags", "config", "enabled"],
        ["unit_tests"] = ["name", "model", "given", "expect", "description", "overrides", "config", "versions", "tags", "meta"],
        ["semantic_models"] = ["name", "model", "description", "label", "defaults", "entities", "measures", "dimensions", "primary_entity", "config"],
        ["metrics"] =
        [
            "name", "label", "type", "type_params", "description", "filter", "time_granularity", "meta", "tags", "group", "config", "enabled",
            "agg", "agg_time_dimension", "expr", "input_metrics", "numerator", "denominator", "hidden", "semantic_model", "percentile", "percentile_type",
            "non_additive_dimension", "join_to_timespine", "fill_nulls_with", "window", "grain_to_date", "period_agg", "input_metric", "entity",
            "calculation", "base_metric", "conversion_metric", "constant_properties",
        ],
        ["saved_queries"] = ["name", "query_params", "exports", "description", "label", "group", "tags", "config"],
        ["functions"] = [.. s_node, "access", "arguments", "returns", "overloads"],
        ["groups"] = ["name", "owner", "description", "config", "meta"],
    };

    private static readonly string[] s_table =
    [
        "name", "description", .. TypedProperties.SourceTableKeys, "meta", "tags", "config", "quoting", "columns", "data_tests", "tests", "docs",
    ];

    private static readonly string[] s_column =
    [
        "name", "description", "data_type", "quote", "meta", "tags", "data_tests", "tests", "constraints", "policy_tags", "docs", "granularity",
        "config", "dimension", "entity",
    ];

    private static readonly string[] s_version =
        ["v", "defined_in", "description", "config", "columns", "data_tests", "tests", "constraints", "deprecation_date", "access", "docs", "meta", "tags"];

    public static IReadOnlyList<string> Sections { get; } =
    [
        "version", "models", "seeds", "snapshots", "sources", "macros", "analyses", "exposures", "groups", "unit_tests", "data_tests", "anchors",
        "metrics", "semantic_models", "saved_queries", "functions",
    ];

    public static bool IsSection(string name) => Sections.Contains(name);

    public static void Check(string section, YamlMapping entry, DiagnosticBag diagnostics)
    {
        if (!s_entries.TryGetValue(section, out var known))
            return;

        Check(entry, known, Owner(section), diagnostics);
        CheckEach(entry["columns"], s_column, "a column", diagnostics);
        CheckEach(entry["versions"], s_version, "a version", diagnostics);
        CheckEach(section == "models" ? entry["metrics"] : null, s_entries["metrics"], "a metric", diagnostics);
        if (section != "sources" || entry["tables"] is not YamlSequence tables)
            return;

        foreach (var table in tables.Items.OfType<YamlMapping>())
        {
            Check(table, s_table, "a source's table", diagnostics);
            CheckEach(table["columns"], s_column, "a column", diagnostics);
        }
    }

    private static void CheckEach(YamlValue? list, string[] known, string owner, DiagnosticBag diagnostics)
    {
        if (list is not YamlSequence items)
            return;

        foreach (var item in items.Items)
        {
            if (item is YamlMapping mapping && mapping["include"] is null && mapping["exclude"] is null)
                Check(mapping, known, owner, diagnostics);
        }
    }

    private static void Check(YamlMapping mapping, string[] known, string owner, DiagnosticBag diagnostics)
    {
        foreach (var entry in mapping.Entries)
        {
            if (Array.IndexOf(known, entry.Key) < 0)
                diagnostics.Add(ProjectDiagnostics.UnknownKey(entry.KeySpan, entry.Key, owner, known));
        }
    }

    private static string Owner(string section) => section switch
    {
        "analyses" => "an analysis",
        "exposures" => "an exposure",
        "saved_queries" => "a saved query",
        "semantic_models" => "a semantic model",
        "data_tests" => "a data test",
        "unit_tests" => "a unit test",
        _ => $"a {section.TrimEnd('s')}",
    };
}
