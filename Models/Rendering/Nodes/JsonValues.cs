using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Models.Project.Graph;

namespace Models.Rendering.Nodes;

/// <summary>Writes YAML and template values as JSON.</summary>
internal static class JsonValues
{
    public static void WriteValue(this Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case BigInteger number:
                json.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case IEnumerable items:
                WriteItems(json, items);
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    public static void WriteProperty(this Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteItems(Utf8JsonWriter json, IEnumerable items)
    {
        if (items is IEnumerable<KeyValuePair<string, object?>> or IEnumerable<KeyValuePair<object?, object?>>)
        {
            json.WriteStartObject();
            foreach (var (key, value) in MappingValue.Entries(items))
                json.WriteProperty(key, value);
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray();
        foreach (var item in items)
            json.WriteValue(item);
        json.WriteEndArray();
    }
}
