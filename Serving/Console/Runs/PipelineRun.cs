namespace Serving.Console.Runs;

/// <summary>A run of a pipeline, as ingestion.runs has it.</summary>
/// <param name="Status">Queued, Running, Succeeded, Failed, Cancelled or Interrupted.</param>
internal sealed record PipelineRun(
    Guid Id,
    string Pipeline,
    string Kind,
    string Status,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    long Rows,
    long Quarantined,
    string Reason)
{
    /// <summary>How long it took; of a run that goes on, how long it has taken until now.</summary>
    public TimeSpan? Elapsed(DateTimeOffset now) => StartedAt is { } start ? (FinishedAt ?? now) - start : null;
}

/// <summary>A step of a run, as ingestion.run_steps has it.</summary>
internal sealed record RunStep(
    string Step, string Kind, string Status, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, long Rows, long Quarantined, string Reason);

internal sealed record RunLogLine(DateTimeOffset At, string Step, int Attempt, string Level, string Message);
