using Ingestion.Connectors.Database;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Connectors.Loading;

/// <summary>
/// Loads a contract's source into its raw table: one transaction holds the table's shape, the rows, the quarantined records and the
/// ledger's entry, so that a load is there as a whole or not at all, and never twice in a row.
/// </summary>
public sealed class TableLoader(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const int ProgressEvery = 10_000;

    /// <param name="contract">What the source promises.</param>
    /// <param name="location">Where the source is.</param>
    /// <param name="progress">Told now and then how far the load is.</param>
    /// <param name="cancellationToken">Cancels; nothing is written then.</param>
    /// <exception cref="Models.Diagnostics.DiagnosticException">The source or the table is not what the contract says.</exception>
    /// <exception cref="NpgsqlException">The server refused or was lost; nothing is written.</exception>
    public async Task<LoadResult> LoadAsync(Contract contract, SourceLocation location, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await using var reader = await ConnectorTable.For(contract).OpenAsync(contract, location, cancellationToken);
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TableLock.TakeAsync(connection, contract.Name, cancellationToken);
        var newest = await Ledger.ReadNewestAsync(connection, contract.Name, cancellationToken);
        var batch = Batch.Create(contract, reader.ContentHash);
        if (newest.Count > 0 && IsSame(batch, newest))
            return new LoadResult(contract.Name, newest[0].BatchId, newest[0].Rows, newest[0].Quarantined, AlreadyLoaded: true, time.GetElapsedTime(started));
        if (newest.Count > 0 && await Ledger.ContainsAsync(connection, batch.Id, cancellationToken))
            batch = batch.After(newest[0].BatchId);

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
        return new LoadResult(contract.Name, batch.Id, copy.Rows, quarantine.Count, AlreadyLoaded: false, time.GetElapsedTime(started));

        void Report(long rows)
        {
            if (progress is not null && rows % ProgressEvery == 0)
                progress.Report(new LoadProgress(contract.Name, rows, quarantine.Count, reader.Length is > 0 and var length ? (double)reader.Position / length : null));
        }
    }

    /// <summary>True where the newest batch of the table is this one, for the first time or put back after a change.</summary>
    private static bool IsSame(Batch batch, IReadOnlyList<LedgerEntry> newest) =>
        newest[0].BatchId == batch.Id || (newest.Count > 1 && newest[0].BatchId == batch.After(newest[1].BatchId).Id);

    /// <summary>
    /// Now, but always after the newest batch: models keep the row with the latest processing time, and the clocks of two hosts, or
    /// one that was set back, must not turn the order of the batches round.
    /// </summary>
    private DateTimeOffset NotBefore(IReadOnlyList<LedgerEntry> newest)
    {
        var now = time.GetUtcNow();
        return newest.Count > 0 && newest[0].FinishedAt >= now ? newest[0].FinishedAt.AddMicroseconds(1) : now;
    }
}
