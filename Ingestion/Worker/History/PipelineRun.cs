using System.Text.Json.Serialization;

namespace Ingestion.Worker.History;

[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
public enum RunStatus
{
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>One run of a pipeline.</summary>
/// <param name="Id">Rises with time.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="StartedAt">When it began.</param>
public sealed record PipelineRun(Guid Id, string Pipeline, DateTimeOffset StartedAt)
{
    public RunStatus Status { get; init; } = RunStatus.Running;

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Rows that were loaded; batches known from before do not count.</summary>
    public long Rows { get; init; }

    /// <summary>Records that were put into the quarantine meanwhile.</summary>
    public long Quarantined { get; init; }

    /// <summary>Why it failed, one line; empty where it did not.</summary>
    public string Reason { get; init; } = "";
}
