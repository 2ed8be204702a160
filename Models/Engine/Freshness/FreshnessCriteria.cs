using Models.Database;
using Models.Engine.Materializations;
using Models.Project.Graph;

namespace Models.Engine.Freshness;

/// <summary>How old a source may be.</summary>
internal sealed record FreshnessCriteria(FreshnessThreshold? WarnAfter, FreshnessThreshold? ErrorAfter, string? Filter)
{
    public static FreshnessCriteria Read(SourceNode source)
    {
        var freshness = source.Freshness ?? new Dictionary<string, object?>();
        return new FreshnessCriteria(
            FreshnessThreshold.Read(source, freshness.GetValueOrDefault("warn_after")),
            FreshnessThreshold.Read(source, freshness.GetValueOrDefault("error_after")),
            freshness.GetValueOrDefault("filter")?.ToString());
    }

    public FreshnessStatus Judge(TimeSpan age)
    {
        if (ErrorAfter is { } error && age > error.Age)
            return FreshnessStatus.Error;

        return WarnAfter is { } warn && age > warn.Age ? FreshnessStatus.Warn : FreshnessStatus.Pass;
    }
}

/// <summary>For example 12 hours.</summary>
internal sealed record FreshnessThreshold(long Count, string Period)
{
    public TimeSpan Age => Period switch
    {
        "minute" => TimeSpan.FromMinutes(Count),
        "hour" => TimeSpan.FromHours(Count),
        _ => TimeSpan.FromDays(Count),
    };

    public static FreshnessThreshold? Read(SourceNode source, object? value)
    {
        var map = ConfigValues.Map(value);
        if (ConfigValues.Integer(map.GetValueOrDefault("count")) is not { } count)
            return null;

        var period = map.GetValueOrDefault("period")?.ToString();
        return period is "minute" or "hour" or "day"
            ? new FreshnessThreshold(count, period)
            : throw new RunException($"The freshness of source '{source.SourceName}.{source.Name}' has the period '{period}'; it is minute, hour or day.");
    }
}
