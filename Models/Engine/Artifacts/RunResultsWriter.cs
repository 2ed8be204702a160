using System.Text.Json;
using Models.Database;
using Models.Engine.State;
using Models.Project.Graph;

namespace Models.Engine.Artifacts;

/// <summary>Writes run_results.json in dbt's schema v6. Source: https://schemas.getdbt.com/dbt/run-results/v6.json.</summary>
internal static class RunResultsWriter
{
    private const string Schema = "https://schemas.getdbt.com/dbt/run-results/v6.json";

    public static void Write(string path, RunSummary summary, RunOptions options)
    {
        // replaced atomically, because retry reads this file
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
        if (result.Worker > 0)
            ArtifactMetadata.WriteTiming(json, result.StartedAt, result.CompileCompletedAt, result.CompletedAt);
        else
            EmptyTiming(json);

        json.WriteString("thread_id", result.Worker > 0 ? $"Thread-{result.Worker}" : "MainThread");
        json.WriteNumber("execution_time", result.Elapsed.TotalSeconds);
        // the message of a test is its verdict, so that only adapter_response contains the server's response
        var answer = result.Node is TestNode ? $"{result.Command} {result.RowsAffected}" : result.Message;
        ArtifactMetadata.WriteAdapterResponse(json, result.Command, result.RowsAffected, answer);
        WriteText(json, "message", result.Message);
        if (result.Failures is { } failures)
            json.WriteNumber("failures", failures);
        else
            json.WriteNull("failures");

        json.WriteString("unique_id", result.Node.UniqueId);
        json.WriteBoolean("compiled", result.CompiledSql is not null);
        WriteText(json, "compiled_code", result.CompiledSql);
        WriteText(json, "relation_name", RelationName(result));
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

    private static void EmptyTiming(Utf8JsonWriter json)
    {
        json.WriteStartArray("timing");
        json.WriteEndArray();
    }

    private static string? RelationName(NodeResult result) =>
        result.Node is RelationNode relation and not TestNode ? relation.Relation.ToString() : result.StoredIn?.ToString();
}
