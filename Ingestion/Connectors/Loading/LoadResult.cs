namespace Ingestion.Connectors.Loading;

/// <summary>What a load did.</summary>
/// <param name="Contract">The contract's name, which is the table's.</param>
/// <param name="BatchId">The batch: the same for the same content, contract and table.</param>
/// <param name="Rows">Rows the batch has in the table.</param>
/// <param name="Quarantined">Records the batch has in the quarantine.</param>
/// <param name="AlreadyLoaded">True where the batch had been loaded before, so that nothing was written.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record LoadResult(string Contract, Guid BatchId, long Rows, long Quarantined, bool AlreadyLoaded, TimeSpan Elapsed);

/// <summary>How far a load is.</summary>
/// <param name="Contract">The contract's name.</param>
/// <param name="Rows">Rows written so far.</param>
/// <param name="Quarantined">Records quarantined so far.</param>
/// <param name="Fraction">The share of the source that was read, 0 to 1; null where its size is not known.</param>
public sealed record LoadProgress(string Contract, long Rows, long Quarantined, double? Fraction);
