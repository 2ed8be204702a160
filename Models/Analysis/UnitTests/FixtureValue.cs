using System.Globalization;
using System.Text;
using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Analysis.UnitTests;

/// <summary>A value of a unit test's row as PostgreSQL reads it: mappings are JSON, lists are arrays or JSON, as the column's type says.</summary>
internal static class FixtureValue
{
    /// <summary>The value as a constant that is cast to <paramref name="type"/>.</summary>
    public static string Constant(object? value, string type) => Text(value, type) is { } text ? SqlLiteral.Of(text) : "null";

    private static string? Text(object? value, string type) => value switch
    {
        null => null,
        string text => text,
        _ when type is "json" or "jsonb" => JsonText.Write(value),
        bool flag => flag ? "true" : "false",
        JinjaDict => JsonText.Write(value),
        IEnumerable<object?> items when type.EndsWith("[]", StringComparison.Ordinal) => Array(items, type[..^2]),
        IEnumerable<object?> => JsonText.Write(value),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => PythonText.Str(value),
    };

    /// <summary>An array, whose inner lists are its further dimensions. Source: PostgreSQL documentation, 8.15.2. Array Value Input.</summary>
    private static string Array(IEnumerable<object?> items, string elementType)
    {
        var isJson = elementType is "json" or "jsonb";
        var elements = items.Select(item => item switch
        {
            IEnumerable<object?> inner when !isJson => Array(inner, elementType),
            _ => Text(item, elementType) is { } text ? Element(text) : "NULL",
        });
        return $"{{{string.Join(',', elements)}}}";
    }

    private static string Element(string text) =>
        new StringBuilder(text).Replace("\\", "\\\\").Replace("\"", "\\\"").Insert(0, '"').Append('"').ToString();
}
