using Models.Compiler.Graph;

namespace Models.Runner.Freshness;

/// <summary>What became of one source's check.</summary>
internal sealed record FreshnessResult(
    SourceNode Source,
    FreshnessStatus Status,
    DateTimeOffset? MaxLoadedAt,
    DateTimeOffset CheckedAt,
    FreshnessCriteria Criteria,
    TimeSpan Elapsed,
    string? Error);

internal enum FreshnessStatus
{
    Pass,
    Warn,
    Error,
    RuntimeError,
}
