using System.Globalization;
using Models.Jinja.Rendering;
using Models.Project.Yaml;

namespace Models.Rendering.Context;

/// <summary>
/// dbt's filters that convert a rendered YAML value to a type; a value that cannot be converted is returned unchanged. Source:
/// docs.getdbt.com/reference/dbt-jinja-functions/as_bool.
/// </summary>
internal static class NativeFilters
{
    public static IReadOnlyDictionary<string, TemplateFilter> All { get; } = new Dictionary<string, TemplateFilter>(StringComparer.Ordinal)
    {
        ["as_text"] = static (_, value, _) => value is null ? "" : PythonText.Str(value),
        ["as_bool"] = static (_, value, _) => AsBoolean(value),
        ["as_number"] = static (_, value, _) => AsNumber(value),
        ["is_list"] = static (_, value, _) => value is JinjaList,
        ["as_native"] = static (_, value, _) => value is string text ? ScalarTypes.Resolve(text) : value,
    };

    private static object? AsBoolean(object? value) => value switch
    {
        string text when text.Trim().ToLowerInvariant() is "true" => true,
        string text when text.Trim().ToLowerInvariant() is "false" => false,
        _ => value,
    };

    private static object? AsNumber(object? value) => value switch
    {
        string text when long.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var whole) => whole,
        string text when double.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var number) => number,
        _ => value,
    };
}
