namespace Ingestion.Worker.History;

/// <summary>One step of a run.</summary>
public sealed record RunStep(string Step, string Kind, RunStatus Status)
{
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public long Rows { get; init; }

    public long Quarantined { get; init; }

    public string Reason { get; init; } = "";

    public IReadOnlyList<RunAttempt> Attempts { get; init; } = [];
}

/// <summary>One attempt at a step.</summary>
public sealed record RunAttempt(int Attempt, RunStatus Status, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string Reason);

/// <summary>A line that a step wrote.</summary>
public sealed record RunLogLine(string Step, int Attempt, DateTimeOffset LoggedAt, string Level, string Message);

/// <summary>A run with all that is known of it.</summary>
public sealed record RunDetails(PipelineRun Run, IReadOnlyList<RunStep> Steps, IReadOnlyList<RunLogLine> Logs);
