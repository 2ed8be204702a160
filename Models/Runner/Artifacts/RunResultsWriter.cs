using System.Text.Json;
using Models.Compiler.Graph;
using Models.Runner.State;

namespace Models.Runner.Artifacts;

/// <summary>run_results.json in dbt's schema v6. Source: https://schemas.getdbt.com/dbt/run-results/v6.json.</summary>
internal static class RunResultsWriter
{
    private const string Schema = "https://schemas.getdbt.com/dbt/run-results/v6.json";

    public static void Write(string path, RunSummary summary, RunOptions options)
    {
        // whole or not at all: retry reads this file
        var draft = $"{path}.{Environment.ProcessId}.tmp";
        using (var stream = File.Create(draft))
        using (var json = new Utf8JsonWriter(stream))
            Write(json, summary, options);
        File.Move(draft, path, overwrite: true);
    }

    private static void Write(Utf8JsonWriter json, RunSummary summary, RunOptions options)
    {
        json.WriteStartObject();
        ArtifactMetadata.Write(json, Schema, summary.InvocationId, summary.StartedAt + summary.Elapsed, summary.StartedAt);
        json.WriteStartArray("results");
        foreach (var result in summary.Results)
            WriteResult(json, result);
        json.WriteEndArray();
        json.WriteNumber("elapsed_time", summary.Elapsed.TotalSeconds);
        json.WriteStartObject("args");
        foreach (var (name, value) in options.Arguments)
            ArtifactValues.Write(json, name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, NodeResult result)
    {
        json.WriteStartObject();
        json.WriteString("status", result.Status.Word());
        json.WriteStartArray("timing");
        if (result.Worker > 0)
        {
            WriteTiming(json, "compile", result.StartedAt, result.CompileCompletedAt);
            WriteTiming(json, "execute", result.CompileCompletedAt, result.CompletedAt);
        }

        json.WriteEndArray();
        json.WriteString("thread_id", result.Worker > 0 ? $"Thread-{result.Worker}" : "MainThread");
        json.WriteNumber("execution_time", result.Elapsed.TotalSeconds);
        json.WriteStartObject("adapter_response");
        if (result.Command is { } command)
        {
            json.WriteString("_message", result.Message);
            json.WriteString("code", command);
            if (result.RowsAffected >= 0)
                json.WriteNumber("rows_affected", result.RowsAffected);
        }

        json.WriteEndObject();
        WriteText(json, "message", result.Message);
        if (result.Failures is { } failures)
            json.WriteNumber("failures", failures);
        else
            json.WriteNull("failures");

        json.WriteString("unique_id", result.Node.UniqueId);
        json.WriteBoolean("compiled", result.CompiledSql is not null);
        WriteText(json, "compiled_code", result.CompiledSql);
        WriteText(json, "relation_name", result.Node is RelationNode relation and not TestNode ? relation.Relation.ToString() : null);
        WriteBatches(json, result.Batches);
        json.WriteEndObject();
    }

    private static void WriteBatches(Utf8JsonWriter json, BatchResults? batches)
    {
        if (batches is null)
        {
            json.WriteNull("batch_results");
            return;
        }

        json.WriteStartObject("batch_results");
        foreach (var (name, windows) in ((string, IReadOnlyList<TimeRange>)[])[("successful", batches.Successful), ("failed", batches.Failed)])
        {
            json.WriteStartArray(name);
            foreach (var window in windows)
            {
                json.WriteStartArray();
                json.WriteStringValue($"{window.Start:yyyy-MM-ddTHH:mm:ss}+00:00");
                json.WriteStringValue($"{window.End:yyyy-MM-ddTHH:mm:ss}+00:00");
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            json.WriteNull(name);
        else
            json.WriteString(name, text);
    }

    private static void WriteTiming(Utf8JsonWriter json, string name, DateTimeOffset start, DateTimeOffset end)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("started_at", ArtifactMetadata.Time(start));
        json.WriteString("completed_at", ArtifactMetadata.Time(end));
        json.WriteEndObject();
    }
}
