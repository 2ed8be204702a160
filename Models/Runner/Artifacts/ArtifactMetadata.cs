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
}
