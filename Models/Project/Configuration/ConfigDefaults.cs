using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Project.Configuration;

/// <summary>The default settings of each node type, which <c>config.get</c> and the manifest show for settings that are not configured.</summary>
internal static class ConfigDefaults
{
    private static readonly Dictionary<string, object?> s_model = Relation("view", [("access", "protected"), ("freshness", null)]);
    private static readonly Dictionary<string, object?> s_function = Relation("function", [("type", "scalar"), ("volatility", null)]);
    private static readonly Dictionary<string, object?> s_seed = Relation("seed", [("delimiter", ","), ("quote_columns", null)]);

    private static readonly Dictionary<string, object?> s_snapshot = Relation("snapshot",
    [
        ("strategy", null), ("target_schema", null), ("target_database", null), ("updated_at", null), ("check_cols", null),
        ("snapshot_meta_column_names", new JinjaDict()), ("dbt_valid_to_current", null),
    ]);

    private static readonly Dictionary<string, object?> s_test = new(StringComparer.Ordinal)
    {
        ["enabled"] = true,
        ["alias"] = null,
        ["schema"] = "dbt_test__audit",
        ["database"] = null,
        ["tags"] = new JinjaList(),
        ["meta"] = new JinjaDict(),
        ["group"] = null,
        ["materialized"] = "test",
        ["severity"] = "ERROR",
        ["store_failures"] = null,
        ["store_failures_as"] = null,
        ["where"] = null,
        ["limit"] = null,
        ["fail_calc"] = "count(*)",
        ["warn_if"] = "!= 0",
        ["error_if"] = "!= 0",
    };

    private static readonly Dictionary<string, object?> s_other = new(StringComparer.Ordinal)
    {
        ["enabled"] = true,
        ["tags"] = new JinjaList(),
        ["meta"] = new JinjaDict(),
    };

    private static readonly Dictionary<string, object?> s_source = new(StringComparer.Ordinal)
    {
        ["enabled"] = true,
        ["event_time"] = null,
        ["freshness"] = null,
        ["loaded_at_field"] = null,
        ["loaded_at_query"] = null,
        ["tags"] = new JinjaList(),
        ["meta"] = new JinjaDict(),
    };

    public static IReadOnlyDictionary<string, object?> For(ResourceType type) => type switch
    {
        ResourceType.Model or ResourceType.Analysis or ResourceType.Operation => s_model,
        ResourceType.Seed => s_seed,
        ResourceType.Function => s_function,
        ResourceType.Snapshot => s_snapshot,
        ResourceType.Test => s_test,
        ResourceType.Source => s_source,
        _ => s_other,
    };

    private static Dictionary<string, object?> Relation(string materialized, ReadOnlySpan<(string Key, object? Value)> more)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["enabled"] = true,
            ["alias"] = null,
            ["schema"] = null,
            ["database"] = null,
            ["tags"] = new JinjaList(),
            ["meta"] = new JinjaDict(),
            ["group"] = null,
            ["materialized"] = materialized,
            ["incremental_strategy"] = null,
            ["batch_size"] = null,
            ["lookback"] = 1L,
            ["begin"] = null,
            ["persist_docs"] = new JinjaDict(),
            [ConfigMerge.PostHook] = new JinjaList(),
            [ConfigMerge.PreHook] = new JinjaList(),
            ["quoting"] = new JinjaDict(),
            ["column_types"] = new JinjaDict(),
            ["full_refresh"] = null,
            ["unique_key"] = null,
            ["on_schema_change"] = "ignore",
            ["on_configuration_change"] = "apply",
            ["grants"] = new JinjaDict(),
            ["packages"] = new JinjaList(),
            ["docs"] = new JinjaDict { ["show"] = true, ["node_color"] = null },
            ["contract"] = new JinjaDict { ["enforced"] = false, ["alias_types"] = true },
            ["event_time"] = null,
            ["concurrent_batches"] = null,
        };
        foreach (var (key, value) in more)
            values[key] = value;

        return values;
    }
}
