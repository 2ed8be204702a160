namespace Ingestion.Worker.History;

/// <summary>One run of a pipeline.</summary>
/// <param name="Id">Rises with time; runs of a pipeline are taken in its order.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Kind">What asked for it.</param>
/// <param name="QueuedAt">When it was asked for.</param>
public sealed record PipelineRun(Guid Id, string Pipeline, RunKind Kind, DateTimeOffset QueuedAt)
{
    public RunStatus Status { get; init; } = RunStatus.Queued;

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The time of the schedule that it is the run of.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>The first moment that a backfill builds.</summary>
    public DateTimeOffset? RangeStart { get; init; }

    /// <summary>Where a backfill stops, exclusive.</summary>
    public DateTimeOffset? RangeEnd { get; init; }

    /// <summary>The run whose steps that went well are not done again.</summary>
    public Guid? RetryOf { get; init; }

    /// <summary>The worker that took it.</summary>
    public string Worker { get; init; } = "";

    /// <summary>Rows that were loaded; batches known from before do not count.</summary>
    public long Rows { get; init; }

    /// <summary>Records that were put into the quarantine meanwhile.</summary>
    public long Quarantined { get; init; }

    /// <summary>Why it failed, one line; empty where it did not.</summary>
    public string Reason { get; init; } = "";
}
