using System.Text.Json;
using Models.Engine.Freshness;

namespace Models.Engine.Artifacts;

/// <summary>Writes sources.json in dbt's schema v3. Source: https://schemas.getdbt.com/dbt/sources/v3.json.</summary>
internal static class SourcesWriter
{
    private const string Schema = "https://schemas.getdbt.com/dbt/sources/v3.json";

    public static void Write(string path, Guid invocation, DateTimeOffset startedAt, DateTimeOffset endedAt, IReadOnlyList<FreshnessResult> results)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        ArtifactMetadata.Write(json, Schema, invocation, endedAt, startedAt);
        json.WriteStartArray("results");
        foreach (var result in results)
            Write(json, result);
        json.WriteEndArray();
        json.WriteNumber("elapsed_time", (endedAt - startedAt).TotalSeconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FreshnessResult result)
    {
        json.WriteStartObject();
        json.WriteString("unique_id", result.Source.UniqueId);
        if (result.MaxLoadedAt is not { } newest)
        {
            json.WriteString("error", result.Error);
            json.WriteString("status", "runtime error");
            json.WriteEndObject();
            return;
        }

        json.WriteString("max_loaded_at", ArtifactMetadata.DatabaseTime(newest));
        json.WriteString("snapshotted_at", ArtifactMetadata.DatabaseTime(result.CheckedAt));
        json.WriteNumber("max_loaded_at_time_ago_in_s", (result.CheckedAt - newest).TotalSeconds);
        json.WriteString("status", result.Status.ToString().ToLowerInvariant());
        json.WriteStartObject("criteria");
        Write(json, "warn_after", result.Criteria.WarnAfter);
        Write(json, "error_after", result.Criteria.ErrorAfter);
        json.WriteString("filter", result.Criteria.Filter);
        json.WriteEndObject();
        // the freshness query returns one row
        ArtifactMetadata.WriteAdapterResponse(json, "SELECT", rows: 1, "SELECT 1");
        ArtifactMetadata.WriteTiming(json, result.CheckedAt - result.Elapsed, result.CheckedAt - result.Elapsed, result.CheckedAt);
        json.WriteString("thread_id", "Thread-1");
        json.WriteNumber("execution_time", result.Elapsed.TotalSeconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, FreshnessThreshold? threshold)
    {
        if (threshold is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("count", threshold.Count);
        json.WriteString("period", threshold.Period);
        json.WriteEndObject();
    }
}
