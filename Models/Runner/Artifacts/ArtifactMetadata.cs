using System.Text.Json;

namespace Models.Runner.Artifacts;

/// <summary>The head every artifact starts with.</summary>
internal static class ArtifactMetadata
{
    /// <summary>The version of dbt's formats that the artifacts keep to.</summary>
    public const string FormatVersion = "1.10.23";

    public static void Write(Utf8JsonWriter json, string schema, Guid invocation, DateTimeOffset generatedAt, DateTimeOffset startedAt)
    {
        json.WriteStartObject("metadata");
        json.WriteString("dbt_schema_version", schema);
        json.WriteString("dbt_version", FormatVersion);
        json.WriteString("generated_at", Time(generatedAt));
        json.WriteString("invocation_id", invocation);
        json.WriteString("invocation_started_at", Time(startedAt));
        json.WriteStartObject("env");
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            const string prefix = "DBT_ENV_CUSTOM_ENV_";
            if (variable.Key is string name && name.StartsWith(prefix, StringComparison.Ordinal))
                json.WriteString(name[prefix.Length..], (string?)variable.Value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");

    public static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        WriteValue(json, value);
    }

    public static void WriteValue(Utf8JsonWriter json, object? value)
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
                json.WriteNumberValue(Convert.ToDouble(value));
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
                    WriteValue(json, key, item);
                json.WriteEndObject();
                break;
            case IEnumerable<KeyValuePair<object, object?>> map:
                json.WriteStartObject();
                foreach (var (key, item) in map)
                    WriteValue(json, key.ToString()!, item);
                json.WriteEndObject();
                break;
            case System.Collections.IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list)
                    WriteValue(json, item);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
