using Models.Project.Graph;

namespace Models.Engine.Freshness;

/// <summary>What became of one source's check.</summary>
internal sealed record FreshnessResult(
    SourceNode Source,
    FreshnessStatus Status,
    DateTimeOffset? MaxLoadedAt,
    DateTimeOffset CheckedAt,
    FreshnessCriteria Criteria,
    TimeSpan Elapsed,
    string? Error)
{
    /// <summary>As hooks and those who watch take results.</summary>
    public NodeResult AsNodeResult() => new()
    {
        Node = Source,
        Status = Status switch
        {
            FreshnessStatus.Pass => NodeStatus.Pass,
            FreshnessStatus.Warn => NodeStatus.Warn,
            FreshnessStatus.Error => NodeStatus.Fail,
            _ => NodeStatus.Error,
        },
        Message = Error ?? "",
        StartedAt = CheckedAt - Elapsed,
        CompileCompletedAt = CheckedAt - Elapsed,
        CompletedAt = CheckedAt,
    };
}

internal enum FreshnessStatus
{
    Pass,
    Warn,
    Error,
    RuntimeError,
}
