using Ingestion.Connectors.Database;
using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Connectors.Loading;

/// <summary>
/// Loads a contract's source into its raw table: one transaction holds the table's shape, the rows, the quarantined records and the
/// ledger's entry, so that a load is there as a whole or not at all, and never twice in a row. Of several files each is such a load.
/// </summary>
public sealed class TableLoader(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const int ProgressEvery = 10_000;

    /// <param name="contract">What the source promises.</param>
    /// <param name="location">Where the source is.</param>
    /// <param name="progress">Told now and then how far the load is.</param>
    /// <param name="cancellationToken">Cancels; nothing is written then, apart from files that were loaded before this one.</param>
    /// <exception cref="Models.Diagnostics.DiagnosticException">The source or the table is not what the contract says.</exception>
    /// <exception cref="NpgsqlException">The server refused or was lost; nothing is written.</exception>
    public async Task<LoadResult> LoadAsync(Contract contract, SourceLocation location, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var results = new List<LoadResult>();
        foreach (var part in FileSet.Expand(contract, location.DataDirectory))
            results.Add(await LoadOneAsync(part, location, progress, cancellationToken));

        return contract.Options.Files.Count > 0 ? LoadResult.Sum(contract.Name, results, time.GetElapsedTime(started)) : results[0];
    }

    private async Task<LoadResult> LoadOneAsync(Contract contract, SourceLocation location, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await using var reader = await ConnectorTable.For(contract).OpenAsync(contract, location, cancellationToken);
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TableLock.TakeAsync(connection, contract.Name, cancellationToken);
        var batch = Batch.Create(contract, reader.ContentHash);
        if (await FindLoadedAsync(connection, contract, batch, reader.SourceName, cancellationToken) is { } loaded)
            return Result(loaded.BatchId, loaded.Rows, loaded.Quarantined, alreadyLoaded: true);

        var newest = await Ledger.ReadNewestAsync(connection, contract.Name, source: null, cancellationToken);
        if (newest is not null && await Ledger.ContainsAsync(connection, batch.Id, cancellationToken))
            batch = batch.After(newest.BatchId);

        var processingTime = NotBefore(newest);
        var table = new RawTable(contract);
        await table.EnsureAsync(connection, cancellationToken);
        var quarantine = new Quarantine(batch.Id, contract, reader.SourceName, processingTime.UtcDateTime);
        var copy = new CopyRun(connection, contract, table, batch.Id, processingTime.UtcDateTime, reader, quarantine);
        while (await copy.RunAsync(Report, cancellationToken))
        {
            quarantine.CheckLimit();
            await quarantine.FlushAsync(connection, cancellationToken);
        }

        quarantine.CheckAtEnd(copy.Rows);
        await quarantine.FlushAsync(connection, cancellationToken);
        reader.CheckUnchanged();
        var finished = time.GetUtcNow();
        var counts = new LoadCounts(copy.Rows, quarantine.Count, processingTime, finished > processingTime ? finished : processingTime);
        await Ledger.RecordAsync(connection, batch, contract.Name, reader.SourceName, counts, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result(batch.Id, copy.Rows, quarantine.Count, alreadyLoaded: false);

        void Report(long rows)
        {
            if (progress is not null && rows % ProgressEvery == 0)
                progress.Report(new LoadProgress(contract.Name, rows, quarantine.Count, reader.Length is > 0 and var length ? (double)reader.Position / length : null));
        }

        LoadResult Result(Guid batchId, long rows, long quarantined, bool alreadyLoaded) =>
            new(contract.Name, batchId, rows, quarantined, alreadyLoaded, time.GetElapsedTime(started)) { Source = reader.SourceName };
    }

    /// <summary>
    /// The batch that makes this load needless: the newest of the table. Where a contract names several files it is the newest of the file
    /// or, for a file that is new, that of another file with the same content: it was renamed, or delivered twice.
    /// </summary>
    private static async Task<LedgerEntry?> FindLoadedAsync(NpgsqlConnection connection, Contract contract, Batch batch, string source, CancellationToken cancellationToken)
    {
        var isOneOfSeveral = contract.Options.Files.Count > 0;
        var newest = await Ledger.ReadNewestAsync(connection, contract.Name, isOneOfSeveral ? source : null, cancellationToken);
        if (newest is null && isOneOfSeveral)
            return await Ledger.FindCurrentAsync(connection, contract.Name, batch.Identity, cancellationToken);

        return newest?.Identity == batch.Identity ? newest : null;
    }

    /// <summary>
    /// Now, but always after the newest batch: models keep the row with the latest processing time, and the clocks of two hosts, or
    /// one that was set back, must not turn the order of the batches round.
    /// </summary>
    private DateTimeOffset NotBefore(LedgerEntry? newest)
    {
        var now = time.GetUtcNow();
        return newest?.FinishedAt >= now ? newest.FinishedAt.AddMicroseconds(1) : now;
    }
}
