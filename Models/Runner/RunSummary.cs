namespace Models.Runner;

/// <summary>A finished run.</summary>
public sealed record RunSummary(Guid InvocationId, DateTimeOffset StartedAt, TimeSpan Elapsed, IReadOnlyList<NodeResult> Results)
{
    /// <summary>True when the run was cancelled before it was done.</summary>
    public bool Cancelled { get; init; }

    public bool Success => !Cancelled && !Results.Any(r => r.Status.IsFailure());

    public int Count(NodeStatus status) => Results.Count(r => r.Status == status);
}
