using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Models.Diagnostics;
using Models.Engine;
using Models.Engine.Artifacts;
using Models.Engine.State;
using Models.Parsing;
using Models.Project.Graph;
using Models.Rendering.Context;

namespace Models.Runner.Reporting;

/// <summary>
/// Writes one JSON object per line for each event: <c>info</c> with name, level, msg, ts and the variables of the environment that are meant for logs,
/// and <c>data</c>.
/// </summary>
internal sealed class JsonReporter(TextWriter output, ReportStyle style, Guid invocation, TimeProvider clock) : IRunObserver
{
    // logs are read by people and searched by text: only what JSON itself needs is escaped
    private static readonly JsonWriterOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyDictionary<string, object?> _extra = MetadataVariables.Read();

    public void ProjectParsed(ParsedProject project, IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            Write("ProjectDiagnostic", "warn", diagnostic.ToString(), new() { ["code"] = diagnostic.Id });
        Write("FoundStats", "info", ProjectInventory.Describe(project), []);
    }

    public void RunStarting(IReadOnlyList<Node> nodes, int threads, string target) =>
        Write("ConcurrencyLine", "info", $"Concurrency: {threads} threads (target='{target}')",
            new() { ["num_threads"] = threads, ["target_name"] = target, ["node_count"] = nodes.Count });

    public void NodeStarted(Node node, int index, int total) =>
        Write("LogStartLine", "info", $"{index} of {total} START {NodeWords.Of(node)}", Data(node, "started", index, total));

    public void NodeFinished(NodeResult result, int index, int total)
    {
        var data = Data(result.Node, result.Status.Word(), index, total);
        data["status"] = result.Status.Word();
        data["execution_time"] = result.Elapsed.TotalSeconds;
        data["message"] = result.Message;
        data["num_failures"] = result.Failures;
        var level = result.Status.IsFailure() ? "error" : result.Status == NodeStatus.Warn ? "warn" : "info";
        Write("LogNodeResult", level, $"{index} of {total} {NodeWords.Outcome(result).Text} [{NodeWords.Tag(result)}]", data);
    }

    public void Message(string line, bool isWarning) => Write("Note", isWarning ? "warn" : "info", line, new() { ["msg"] = line });

    public void TemplateOutput(string text) => Write("PrintEvent", "info", text, new() { ["msg"] = text });

    public bool ReadsDebug => style.Level == LogLevel.Debug;

    public void Debug(string line) => Write("Note", "debug", line, new() { ["msg"] = line });

    public void RunFinished(RunSummary summary) =>
        Write("EndRunResult", summary.Success ? "info" : "error", summary.Success ? "Completed successfully" : "Completed with errors", new()
        {
            ["elapsed_time"] = summary.Elapsed.TotalSeconds,
            ["success"] = summary.Success,
            ["cancelled"] = summary.Cancelled,
            ["total"] = summary.Results.Count,
        });

    /// <summary>The node in the form of dbt's events, and the same values under shorter paths.</summary>
    private static Dictionary<string, object?> Data(Node node, string status, int index, int total) => new()
    {
        ["unique_id"] = node.UniqueId,
        ["index"] = index,
        ["total"] = total,
        ["node_info"] = new Dictionary<string, object?>
        {
            ["unique_id"] = node.UniqueId,
            ["node_name"] = node.Name,
            ["node_path"] = node.PathInFolder,
            ["resource_type"] = node.ResourceType.Name(),
            ["materialized"] = (node as ModelNode)?.Materialized ?? node.ResourceType.Name(),
            ["node_status"] = status,
            ["node_relation"] = node is not RelationNode relation ? null : new Dictionary<string, object?>
            {
                ["database"] = relation.Relation.Database,
                ["schema"] = relation.Relation.Schema,
                ["alias"] = relation.Relation.Identifier,
                ["relation_name"] = node is TestNode ? "" : relation.Relation.ToString(),
            },
        },
    };

    private void Write(string name, string level, string message, Dictionary<string, object?> data)
    {
        if (name != "PrintEvent" && Enum.Parse<LogLevel>(level, ignoreCase: true) < style.Level)
            return;

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_readable))
        {
            json.WriteStartObject();
            json.WriteStartObject("info");
            json.WriteString("name", name);
            json.WriteString("level", level);
            json.WriteString("msg", message);
            json.WriteString("ts", ArtifactMetadata.Time(clock.GetUtcNow()));
            json.WriteString("invocation_id", invocation);
            ArtifactValues.Write(json, "extra", _extra);
            json.WriteEndObject();
            ArtifactValues.Write(json, "data", data);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
