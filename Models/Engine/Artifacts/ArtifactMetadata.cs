using System.Text.Json;
using Models.Rendering.Context;

namespace Models.Engine.Artifacts;

/// <summary>Writes the metadata and common parts of artifacts.</summary>
internal static class ArtifactMetadata
{
    /// <summary>The dbt version whose artifact formats we write.</summary>
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
        foreach (var (name, value) in MetadataVariables.Read())
            json.WriteString(name, (string?)value);

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");

    /// <summary>Formats a time from the database as dbt does: with an offset, and with fractions of a second only if they are not zero.</summary>
    public static string DatabaseTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString(time.Microsecond == 0 && time.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'+00:00'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'");

    /// <summary>Writes the compile and execute steps of a result.</summary>
    public static void WriteTiming(Utf8JsonWriter json, DateTimeOffset started, DateTimeOffset compiled, DateTimeOffset completed)
    {
        json.WriteStartArray("timing");
        WriteStep(json, "compile", started, compiled);
        WriteStep(json, "execute", compiled, completed);
        json.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter json, string name, DateTimeOffset start, DateTimeOffset end)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("started_at", Time(start));
        json.WriteString("completed_at", Time(end));
        json.WriteEndObject();
    }

    /// <summary>Writes the server's response to the main statement.</summary>
    public static void WriteAdapterResponse(Utf8JsonWriter json, string? command, long rows, string message)
    {
        json.WriteStartObject("adapter_response");
        if (command is not null)
        {
            json.WriteString("_message", message);
            json.WriteString("code", command);
            if (rows >= 0)
                json.WriteNumber("rows_affected", rows);
        }

        json.WriteEndObject();
    }
}
