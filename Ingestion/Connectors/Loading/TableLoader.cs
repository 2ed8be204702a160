using Models.Contracts;
using Npgsql;

namespace Ingestion.Connectors.Loading;

/// <summary>
/// Loads a contract's source into its raw table: one transaction holds the table's shape, the rows, the quarantined records and the
/// ledger's entry, so that a load is there as a whole or not at all, and never twice.
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
        var batch = Batch.Create(contract, reader.ContentHash);

        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Ledger.LockTableAsync(connection, contract.Name, cancellationToken);
        if (await Ledger.FindAsync(connection, batch.Id, cancellationToken) is { } known)
            return new LoadResult(contract.Name, batch.Id, known.Rows, known.Quarantined, AlreadyLoaded: true, time.GetElapsedTime(started));

        var processingTime = time.GetUtcNow();
        var table = new RawTable(contract);
        await table.EnsureAsync(connection, cancellationToken);
        var quarantine = new Quarantine(batch.Id, contract.Name, reader.SourceName, processingTime.UtcDateTime);
        var copy = new CopyRun(connection, contract, table, batch.Id, processingTime.UtcDateTime, reader, quarantine);
        while (await copy.RunAsync(Report, cancellationToken))
            await quarantine.FlushAsync(connection, cancellationToken);

        await quarantine.FlushAsync(connection, cancellationToken);
        reader.CheckUnchanged();
        var counts = new LoadCounts(copy.Rows, quarantine.Count, processingTime, time.GetUtcNow());
        await Ledger.RecordAsync(connection, batch, contract.Name, reader.SourceName, counts, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new LoadResult(contract.Name, batch.Id, copy.Rows, quarantine.Count, AlreadyLoaded: false, time.GetElapsedTime(started));

        void Report(long rows)
        {
            if (progress is not null && rows % ProgressEvery == 0)
                progress.Report(new LoadProgress(contract.Name, rows, quarantine.Count, reader.Length is > 0 and var length ? (double)reader.Position / length : null));
        }
    }
}
