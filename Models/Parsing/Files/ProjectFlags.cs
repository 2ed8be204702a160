using Models.Diagnostics;
using Models.Project.Graph;

namespace Models.Parsing.Files;

/// <c>flags:</c> of dbt_project.yml: a project's defaults for command-line options. They are read first, because they control how the rest is read.
/// Source: docs.getdbt.com/reference/global-configs/project-flags.
public static class ProjectFlags
{
    /// <summary>The flags that dbt defines; adapters may define others.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "allow_jinja_file_extensions", "cache_selected_only", "debug", "fail_fast", "indirect_selection", "log_format", "log_format_file", "log_level",
        "log_level_file", "partial_parse",
        "populate_cache", "printer_width", "send_anonymous_usage_stats", "static_parser", "use_colors", "use_colors_file", "use_experimental_parser",
        "version_check", "warn_error", "warn_error_options", "write_json",

        // flags for behavior changes; docs.getdbt.com/reference/global-configs/behavior-changes
        "require_all_warnings_handled_by_warn_error", "require_batched_execution_for_custom_microbatch_strategy", "require_event_names_in_deprecations",
        "require_explicit_package_overrides_for_builtin_materializations", "require_generic_test_arguments_property", "require_nested_cumulative_type_params",
        "require_resource_names_without_spaces", "require_yaml_configuration_for_mf_time_spines", "skip_nodes_if_on_run_start_fails",
        "source_freshness_run_project_hooks", "state_modified_compare_more_unrendered_values", "state_modified_compare_vars", "validate_macro_args",
    };

    /// <summary>The flags by name, unrendered; empty if there is no readable project file, which the parser reports.</summary>
    public static IReadOnlyDictionary<string, object?> Read(string projectDirectory)
    {
        var flags = ProjectFileReader.Load(projectDirectory, new DiagnosticBag()) is var (_, root) ? root["flags"]?.ToTemplateValue() : null;
        return MappingValue.Entries(flags).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
    }
}
