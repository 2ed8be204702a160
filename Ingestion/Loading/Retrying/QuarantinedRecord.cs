namespace Ingestion.Loading.Retrying;

/// <summary>A record of <c>ingestion.quarantine</c>.</summary>
/// <param name="Id">Its number in the quarantine.</param>
/// <param name="Table">The table that it was to be loaded into.</param>
/// <param name="BatchId">The load that found it.</param>
/// <param name="Source">The file or table that it was read from.</param>
/// <param name="Line">Its line or number there.</param>
/// <param name="Field">The invalid field; null if the whole record is invalid.</param>
/// <param name="Reason">The violation.</param>
/// <param name="QuarantinedAt">The start of the load that found it.</param>
public sealed record QuarantinedRecord(
    long Id, string Table, Guid BatchId, string Source, long Line, string? Field, string Reason, DateTimeOffset QuarantinedAt)
{
    /// <summary>When somebody decided not to load it; null while it is open.</summary>
    public DateTimeOffset? DiscardedAt { get; init; }

    /// <summary>The record as the source has it; null in lists.</summary>
    public string? RawText { get; init; }
}

/// <summary>The quarantined records of a table.</summary>
/// <param name="Table">The table in schema raw.</param>
/// <param name="Open">Records that are neither loaded nor discarded.</param>
/// <param name="Discarded">Records that were discarded.</param>
/// <param name="Newest">When the newest one was found.</param>
public sealed record QuarantinedTable(string Table, long Open, long Discarded, DateTimeOffset Newest);

/// <summary>The result of a retry.</summary>
/// <param name="Table">The table in schema raw.</param>
/// <param name="Loaded">Records that fit the contract now and left the quarantine.</param>
/// <param name="StillBad">Records that still violate the contract, with their reason renewed.</param>
/// <param name="Outdated">Records of loads whose rows were replaced or removed since; they are not loaded.</param>
public sealed record RetryResult(string Table, long Loaded, long StillBad, long Outdated);
