using Ingestion.Worker.Telemetry;
using Models.Diagnostics;
using Models.Engine;
using Models.Parsing;
using Models.Project.Graph;

namespace Ingestion.Worker.Steps;

/// <summary>Tells the log of a model run what a person wants to know: that it goes on, what went wrong, how it ended.</summary>
internal sealed class ModelRunLog(string pipeline, TimeProvider time, ILogger logger) : IRunObserver
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private long _last = time.GetTimestamp();

    public void ProjectParsed(ParsedProject project, IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.Where(d => d.Severity == DiagnosticSeverity.Warning))
            Log.ModelWarning(logger, pipeline, diagnostic.ToString());
    }

    public void RunStarting(IReadOnlyList<Node> nodes, int threads, string target) =>
        Log.ModelsStarting(logger, pipeline, nodes.Count, threads);

    public void NodeStarted(Node node, int index, int total)
    {
    }

    public void NodeFinished(NodeResult result, int index, int total)
    {
        switch (result.Status)
        {
            case NodeStatus.Error or NodeStatus.Fail or NodeStatus.PartialSuccess:
                Log.ModelFailed(logger, pipeline, result.Node.UniqueId, result.Message.ReplaceLineEndings(" "));
                break;
            case NodeStatus.Warn:
                Log.ModelWarning(logger, pipeline, $"{result.Node.UniqueId}: {result.Message.ReplaceLineEndings(" ")}");
                break;
        }

        if (time.GetElapsedTime(_last) < Pause)
            return;

        _last = time.GetTimestamp();
        Log.ModelsRunning(logger, pipeline, index, total);
    }

    public void Message(string line, bool isWarning)
    {
        if (isWarning)
            Log.ModelWarning(logger, pipeline, line);
    }

    public void RunFinished(RunSummary summary) => Log.ModelsDone(
        logger,
        pipeline,
        summary.Count(NodeStatus.Success),
        summary.Count(NodeStatus.Pass),
        summary.Count(NodeStatus.Warn),
        summary.Count(NodeStatus.Error) + summary.Count(NodeStatus.Fail) + summary.Count(NodeStatus.PartialSuccess),
        summary.Count(NodeStatus.Skipped));
}
