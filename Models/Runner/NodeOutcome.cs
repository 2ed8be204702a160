using Models.Database;

namespace Models.Runner;

/// <summary>How a node ended, before times and places are added.</summary>
internal sealed record NodeOutcome(NodeStatus Status, string Message)
{
    public long? Failures { get; init; }

    public long Rows { get; init; } = -1;

    public string? Command { get; init; }

    public BatchResults? Batches { get; init; }

    /// <summary>The main statement as the server got it.</summary>
    public string? RunSql { get; init; }
}
