using System.Text.Json;
using Models.Jinja.Rendering;

namespace Models.Engine.State;

/// <summary>Converts plain values from and to the JSON of an artifact.</summary>
internal static class ArtifactValues
{
    public static IReadOnlyDictionary<string, object?> Map(JsonElement element) =>
        element.EnumerateObject().ToDictionary(p => p.Name, p => Value(p.Value), StringComparer.Ordinal);

    public static void Write(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        Write(json, value);
    }

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value));
                break;
            case double or decimal:
                WriteReal(json, Convert.ToDouble(value));
                break;
            case System.Numerics.BigInteger number:
                json.WriteRawValue(number.ToString());
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case IEnumerable<KeyValuePair<string, object?>> map:
                json.WriteStartObject();
                foreach (var (key, item) in map)
                    Write(json, key, item);
                json.WriteEndObject();
                break;
            case IEnumerable<KeyValuePair<object, object?>> map:
                json.WriteStartObject();
                foreach (var (key, item) in map)
                    Write(json, key.ToString()!, item);
                json.WriteEndObject();
                break;
            case System.Collections.IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list)
                    Write(json, item);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    /// <summary>Writes a whole number that is not an integer as <c>3.0</c>, from which readers see its type.</summary>
    private static void WriteReal(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteRawValue(PythonText.Str(value));
        else
            json.WriteStringValue(PythonText.Str(value));
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Map(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
