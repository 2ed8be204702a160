using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Models.Jinja.Rendering;

namespace Models.Project.Configuration;

/// <summary>Reads JSON into template values.</summary>
internal static class Json
{
    public static bool TryParse(string text, out object? value)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            value = FromElement(document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    private static object? FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => FromObject(element),
        JsonValueKind.Array => new JinjaList(element.EnumerateArray().Select(FromElement)),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => FromNumber(element.GetRawText()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static JinjaDict FromObject(JsonElement element)
    {
        var dict = new JinjaDict();
        foreach (var property in element.EnumerateObject())
            dict[property.Name] = FromElement(property.Value);

        return dict;
    }

    private static object FromNumber(string text)
    {
        if (text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
            return double.Parse(text, CultureInfo.InvariantCulture);

        return long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : BigInteger.Parse(text, CultureInfo.InvariantCulture);
    }
}
