namespace Models.Contracts;

/// <summary>
/// What a load must bring to be kept. A load in which every record is bad fails unless <see cref="MaxBadRows"/> or
/// <see cref="MaxBadPercent"/> accepts that.
/// </summary>
public sealed record LoadLimits
{
    /// <summary>The fewest rows that a load may have; 0 where the source may be empty.</summary>
    public long MinRows { get; init; } = 1;

    /// <summary>The most records that may be quarantined; null where a number does not decide.</summary>
    public long? MaxBadRows { get; init; }

    /// <summary>The largest share of records, 0 to 100, that may be quarantined; null where a share does not decide.</summary>
    public decimal? MaxBadPercent { get; init; }
}
