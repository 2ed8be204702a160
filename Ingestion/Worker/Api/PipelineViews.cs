using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Scheduling;

namespace Ingestion.Worker.Api;

/// <summary>Shows pipelines and runs as clients see them: without the folders of this machine.</summary>
internal sealed class PipelineViews(RunQueue queue, RunHistory history, PipelineScheduler scheduler, DataFolder data)
{
    public const int ShownRuns = 20;

    private const int ShownLines = 1000;

    public async Task<PipelineView> ShowAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var runs = await history.ListEndedAsync(pipeline.Name, ShownRuns, cancellationToken);
        var active = await queue.FindActiveAsync(pipeline.Name, cancellationToken);
        return new PipelineView(pipeline.Name, active is not null, [.. runs.Select(run => Show(pipeline, run))])
        {
            Description = pipeline.Description,
            Steps = [.. pipeline.Steps.Select(s => s.Name)],
            Active = active is null ? null : Show(pipeline, active),
            Cron = pipeline.Schedule.Cron?.CronExpressionString,
            TimeZone = pipeline.Schedule.Cron?.TimeZone.Id,
            Next = await scheduler.NextAsync(pipeline, cancellationToken),
        };
    }

    public PipelineRun Show(PipelineDefinition pipeline, PipelineRun run) => run with { Reason = Public(pipeline, run.Reason) };

    /// <summary>A run with its steps and logs; null where the pipeline has none of this id.</summary>
    public async Task<RunDetails?> ShowDetailsAsync(PipelineDefinition pipeline, Guid id, CancellationToken cancellationToken)
    {
        if (await history.FindAsync(pipeline.Name, id, cancellationToken) is not { } run)
            return null;

        var steps = await history.StepsAsync(id, cancellationToken);
        var logs = await history.LogsAsync(id, ShownLines, cancellationToken);
        return new RunDetails(
            Show(pipeline, run),
            [.. steps.Select(step => step with
            {
                Reason = Public(pipeline, step.Reason),
                Attempts = [.. step.Attempts.Select(attempt => attempt with { Reason = Public(pipeline, attempt.Reason) })],
            })],
            [.. logs.Select(line => line with { Message = Public(pipeline, line.Message) })]);
    }

    private string Public(PipelineDefinition pipeline, string text) => PublicText.WithoutAbsolutePaths(text, data.FullPath, pipeline.ProjectDirectory);
}

/// <summary>A pipeline as clients see it.</summary>
/// <param name="Name">The name that requests use.</param>
/// <param name="IsRunning">Whether a run is under way or about to begin.</param>
/// <param name="Runs">The newest runs that ended, newest first.</param>
internal sealed record PipelineView(string Name, bool IsRunning, IReadOnlyList<PipelineRun> Runs)
{
    public string Description { get; init; } = "";

    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>The run that is under way, or the next one that waits.</summary>
    public PipelineRun? Active { get; init; }

    /// <summary>Six fields, the first of them the seconds.</summary>
    public string? Cron { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>The next time of the schedule.</summary>
    public DateTimeOffset? Next { get; init; }
}
