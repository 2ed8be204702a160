namespace Ingestion.Loading.Batches;

/// <summary>The result of a load.</summary>
/// <param name="Contract">The name of the contract and of its table.</param>
/// <param name="BatchId">The batch: the same for the same content, contract and table.</param>
/// <param name="Rows">The number of rows that the batch inserted or updated.</param>
/// <param name="Quarantined">The number of quarantined records of the batch.</param>
/// <param name="AlreadyLoaded">True if the batch was already loaded, so that nothing was written.</param>
/// <param name="Elapsed">The duration.</param>
public sealed record LoadResult(string Contract, Guid BatchId, long Rows, long Quarantined, bool AlreadyLoaded, TimeSpan Elapsed)
{
    /// <summary>The number of rows that the batch deleted or, in a history, closed.</summary>
    public long Deleted { get; init; }

    /// <summary>The source: a file or a table.</summary>
    public string Source { get; init; } = "";

    /// <summary>The batches of a contract with several files, in the order of the files' names; empty for any other contract.</summary>
    public IReadOnlyList<LoadResult> Files { get; init; } = [];

    /// <summary>The result of this load followed by another one of the same stream.</summary>
    internal LoadResult With(LoadResult next)
    {
        var counted = AlreadyLoaded ? this with { Rows = 0, Quarantined = 0, Deleted = 0 } : this;
        return counted with
        {
            AlreadyLoaded = false,
            Rows = counted.Rows + next.Rows,
            Quarantined = counted.Quarantined + next.Quarantined,
            Deleted = counted.Deleted + next.Deleted,
            Elapsed = Elapsed + next.Elapsed,
        };
    }

    /// <summary>
    /// Combines the results of several files: the counts of the batches that were loaded now or, if there are none, of those that were already
    /// loaded.
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

/// <summary>The progress of a load.</summary>
/// <param name="Contract">The contract's name.</param>
/// <param name="Rows">Records read so far.</param>
/// <param name="Fraction">The share of the source that was read, 0 to 1; null where its size is not known.</param>
public sealed record LoadProgress(string Contract, long Rows, double? Fraction);
