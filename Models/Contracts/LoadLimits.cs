namespace Models.Contracts;

/// <summary>
/// The conditions for keeping a load. A load in which every record is bad fails unless <see cref="MaxBadRows"/> or <see cref="MaxBadPercent"/> allows
/// it.
/// </summary>
public sealed record LoadLimits
{
    /// <summary>The minimum number of rows of a load; 0 if the source may be empty.</summary>
    public long MinRows { get; init; } = 1;

    /// <summary>The maximum number of quarantined records; null for no limit.</summary>
    public long? MaxBadRows { get; init; }

    /// <summary>The maximum percentage of quarantined records, 0 to 100; null for no limit.</summary>
    public decimal? MaxBadPercent { get; init; }
}
