using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Context;

/// <summary>The <c>flags</c> of templates. Source: docs.getdbt.com/reference/dbt-jinja-functions/flags.</summary>
internal sealed class RunFlags(CompileOptions options) : IJinjaObject, IJinjaIndexable
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = name.ToUpperInvariant() switch
        {
            "FULL_REFRESH" => options.FullRefresh,
            "STORE_FAILURES" => options.StoreFailures,
            "WHICH" => options.Command,
            "INVOCATION_COMMAND" => $"leadline {options.Command}",
            "WARN_ERROR" => options.Warnings.AllAreErrors,
            "SAMPLE" => options.Sample is { } sample ? new JinjaDict { ["start"] = $"{sample.Start:yyyy-MM-dd HH:mm:ss}", ["end"] = $"{sample.End:yyyy-MM-dd HH:mm:ss}" } : null,
            "EMPTY" => options.Empty,
            "PROJECT_DIR" => options.ProjectDirectory,
            "PROFILES_DIR" => options.ProfilesDirectory ?? options.ProjectDirectory,
            "TARGET" => options.Target,
            "PROFILE" => options.Profile,
            "VERSION_CHECK" => options.VersionCheck ?? true,
            "VARS" => new JinjaDict(options.Vars),
            "USE_COLORS" or "PARTIAL_PARSE" or "SEND_ANONYMOUS_USAGE_STATS" or "FAIL_FAST" or "DEBUG"
                or "WRITE_JSON" or "QUIET" or "CACHE_SELECTED_ONLY" or "INTROSPECT" => name.ToUpperInvariant() is "INTROSPECT" or "WRITE_JSON",
            _ => Unknown,
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
