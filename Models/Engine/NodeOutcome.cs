using Models.Database;

namespace Models.Engine;

/// <summary>The outcome of a node, without times and positions.</summary>
internal sealed record NodeOutcome(NodeStatus Status, string Message)
{
    public long? Failures { get; init; }

    public long Rows { get; init; } = -1;

    public string? Command { get; init; }

    public BatchResults? Batches { get; init; }

    /// <summary>The executed main statement.</summary>
    public string? RunSql { get; init; }
}
