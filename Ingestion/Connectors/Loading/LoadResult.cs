namespace Ingestion.Connectors.Loading;

/// <summary>What a load did.</summary>
/// <param name="Contract">The contract's name, which is the table's.</param>
/// <param name="BatchId">The batch: the same for the same content, contract and table.</param>
/// <param name="Rows">Rows that the batch brought into the table, or changed there.</param>
/// <param name="Quarantined">Records the batch has in the quarantine.</param>
/// <param name="AlreadyLoaded">True where the batch had been loaded before, so that nothing was written.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record LoadResult(string Contract, Guid BatchId, long Rows, long Quarantined, bool AlreadyLoaded, TimeSpan Elapsed)
{
    /// <summary>Rows that the batch deleted or, in a history, closed.</summary>
    public long Deleted { get; init; }

    /// <summary>What was read: a file, a table.</summary>
    public string Source { get; init; } = "";

    /// <summary>The batches of a contract that names several files, in the order of the files' names; empty for any other contract.</summary>
    public IReadOnlyList<LoadResult> Files { get; init; } = [];

    /// <summary>
    /// Several files as one result: the rows and records of the batches that were loaded now; where none was, of those that had been before.
    /// </summary>
    internal static LoadResult Sum(string contract, IReadOnlyList<LoadResult> files, TimeSpan elapsed)
    {
        var already = files.All(f => f.AlreadyLoaded);
        var counted = files.Where(f => f.AlreadyLoaded == already).ToList();
        return new LoadResult(
            contract, counted.LastOrDefault()?.BatchId ?? default, counted.Sum(f => f.Rows), counted.Sum(f => f.Quarantined), already, elapsed)
        {
            Deleted = counted.Sum(f => f.Deleted),
            Files = files,
        };
    }
}

/// <summary>How far a load is.</summary>
/// <param name="Contract">The contract's name.</param>
/// <param name="Rows">Rows written so far.</param>
/// <param name="Quarantined">Records quarantined so far.</param>
/// <param name="Fraction">The share of the source that was read, 0 to 1; null where its size is not known.</param>
public sealed record LoadProgress(string Contract, long Rows, long Quarantined, double? Fraction);
