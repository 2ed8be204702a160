using System.Globalization;
using System.Text;
using Models.Contracts;
using Models.Jinja.Rendering;

namespace Models.Analysis.UnitTests;

/// <summary>
/// Converts values of a unit test's rows to PostgreSQL constants: mappings become JSON, lists become arrays or JSON, depending on the column's type.
/// </summary>
internal static class FixtureValue
{
    /// <summary>A constant that is cast to <paramref name="type"/>.</summary>
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

    /// <summary>An array; inner lists are further dimensions. Source: PostgreSQL documentation, 8.15.2. Array Value Input.</summary>
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
