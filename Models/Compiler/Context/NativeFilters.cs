using System.Globalization;
using Models.Compiler.Project.Yaml;
using Models.Compiler.Templates;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Context;

/// <summary>dbt's filters that say what type a rendered yaml value has. Source: docs.getdbt.com/reference/dbt-jinja-functions/as_bool.</summary>
internal static class NativeFilters
{
    public static IReadOnlyDictionary<string, TemplateFilter> All { get; } = new Dictionary<string, TemplateFilter>(StringComparer.Ordinal)
    {
        ["as_text"] = static (_, value, _) => value is null ? "" : PythonText.Str(value),
        ["as_bool"] = static (context, value, _) => AsBoolean(context, value),
        ["as_number"] = static (context, value, _) => AsNumber(context, value),
        ["as_native"] = static (_, value, _) => value is string text ? ScalarTypes.Resolve(text) : value,
    };

    private static object AsBoolean(CallContext context, object? value) => value switch
    {
        bool flag => flag,
        string text when text.Trim().ToLowerInvariant() is "true" => true,
        string text when text.Trim().ToLowerInvariant() is "false" => false,
        _ => throw context.ValueError($"{PythonText.Repr(value)} is neither True nor False"),
    };

    private static object AsNumber(CallContext context, object? value) => value switch
    {
        long or double or decimal => value,
        string text when long.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var whole) => whole,
        string text when double.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var number) => number,
        _ => throw context.ValueError($"{PythonText.Repr(value)} is not a number"),
    };
}
