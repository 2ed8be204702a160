namespace Models.Engine;

/// <summary>The summary of a run.</summary>
public sealed record RunSummary(Guid InvocationId, DateTimeOffset StartedAt, TimeSpan Elapsed, IReadOnlyList<NodeResult> Results)
{
    /// <summary>True if the run was cancelled.</summary>
    public bool Cancelled { get; init; }

    public bool Success => !Cancelled && !Results.Any(r => r.Status.IsFailure());

    public int Count(NodeStatus status) => Results.Count(r => r.Status == status);
}
