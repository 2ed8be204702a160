using Models.Jinja.Rendering;
using Models.Project.Configuration;

namespace Models.Rendering.Context;

/// <summary>
/// The <c>flags</c> of templates: options of the command line, otherwise the project's flags, otherwise dbt's defaults. Source:
/// docs.getdbt.com/reference/dbt-jinja-functions/flags.
/// </summary>
/// <param name="options">The options of the command line.</param>
/// <param name="project"><c>flags:</c> of dbt_project.yml.</param>
internal sealed class FlagsObject(CompileOptions options, JinjaDict project) : IJinjaObject, IJinjaIndexable
{
    private static readonly Dictionary<string, object?> s_defaults = new(StringComparer.Ordinal)
    {
        ["cache_selected_only"] = false, ["debug"] = false, ["defer"] = false, ["defer_state"] = null, ["event_time_end"] = null,
        ["event_time_start"] = null, ["fail_fast"] = false, ["favor_state"] = false, ["indirect_selection"] = "eager", ["introspect"] = true,
        ["log_cache_events"] = false, ["log_format"] = "default", ["log_level"] = "info", ["log_path"] = null, ["macro_debugging"] = false,
        ["partial_parse"] = true, ["populate_cache"] = true, ["print"] = true, ["printer_width"] = 80L, ["quiet"] = false,
        ["send_anonymous_usage_stats"] = false, ["state"] = null, ["static_parser"] = true, ["target_path"] = null, ["use_colors"] = true,
        ["use_experimental_parser"] = false, ["version_check"] = true, ["write_json"] = true,
    };

    /// <summary>The flags in force, those with dbt's defaults included, by name.</summary>
    public IEnumerable<KeyValuePair<string, object?>> InForce => s_defaults.Keys.Concat(options.Flags.Keys).Distinct(StringComparer.Ordinal)
        .Select(key => KeyValuePair.Create(key, TryGetAttribute(key, out var value) ? value : null));

    public bool TryGetAttribute(string name, out object? value)
    {
        var key = name.ToLowerInvariant();
        value = key switch
        {
            "full_refresh" => options.FullRefresh,
            "store_failures" => options.StoreFailures,
            "which" => options.Command,
            "warn_error" => options.Warnings.AllAreErrors,
            "sample" => options.Sample is { } sample
                ? new JinjaDict { ["start"] = $"{sample.Start:yyyy-MM-dd HH:mm:ss}", ["end"] = $"{sample.End:yyyy-MM-dd HH:mm:ss}" }
                : null,
            "empty" => options.Empty,
            "project_dir" => options.ProjectDirectory,
            "profiles_dir" => options.ProfilesDirectory ?? options.ProjectDirectory,
            "target" => options.Target,
            "profile" => options.Profile,
            "vars" => new JinjaDict(options.Vars),
            _ => options.Flags.TryGetValue(key, out var given) ? given
                : project.TryGetValue(key, out var own) ? own
                : s_defaults.TryGetValue(key, out var usual) ? usual
                : key == "invocation_command" ? $"leadline {options.Command}"
                : Unknown,
        };
        return !ReferenceEquals(value, Unknown);
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && TryGetAttribute(name, out value);
    }

    private static readonly object Unknown = new();
}
