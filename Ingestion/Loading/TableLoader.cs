using System.Data;
using Ingestion.Connectors;
using Ingestion.Connectors.Database;
using Ingestion.Connectors.Files;
using Ingestion.Connectors.Postgres;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Stores;
using Ingestion.Connectors.Webhooks;
using Ingestion.Loading.Batches;
using Ingestion.Loading.Parts;
using Ingestion.Loading.Replication;
using Ingestion.Loading.Streams;
using Ingestion.Loading.Sync;
using Ingestion.Loading.Tables;
using Ingestion.Loading.Webhooks;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Loading;

/// <summary>
/// Loads a contract's source into its raw table. One transaction covers the table's columns, the rows, the quarantined records, the stream's state
/// and the ledger's entry, so that a load is applied completely or not at all, and never twice in a row. With several files, each file is such a
/// load.
/// </summary>
public sealed class TableLoader(NpgsqlDataSource dataSource, TimeProvider time)
{
    private const int ProgressEvery = 10_000;

    /// <param name="contract">The contract of the source.</param>
    /// <param name="location">The location of the source.</param>
    /// <param name="progress">Receives the progress of the load from time to time.</param>
    /// <param name="cancellationToken">Cancels the load; nothing is written then, except files that were loaded before the current one.</param>
    /// <exception cref="Models.Diagnostics.DiagnosticException">The source or the table does not match the contract.</exception>
    /// <exception cref="NpgsqlException">A server error or a lost connection; nothing is written.</exception>
    public async Task<LoadResult> LoadAsync(Contract contract, SourceLocation location, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        if (contract.Format == ChangesConnector.FormatName)
            return await new ReplicationLoad(dataSource, time).RunAsync(contract, location, cancellationToken);

        if (contract.Format == WebhookConnector.FormatName)
            return await new WebhookLoad(dataSource, time).RunAsync(contract, _ => { }, cancellationToken);

        using var store = ObjectStore.Open(contract, location);
        location = location with { Store = store };
        var regular = await LoadPartsAsync(contract, location, progress, started, cancellationToken);
        foreach (var change in await ListBackfillsAsync(contract, cancellationToken))
            regular = regular.With(await new BackfillLoad(dataSource, time).RunAsync(contract, change, location, cancellationToken));

        return regular;
    }

    private async Task<LoadResult> LoadPartsAsync(
        Contract contract, SourceLocation location, IProgress<LoadProgress>? progress, long started, CancellationToken cancellationToken)
    {
        var parts = await FileSet.ExpandAsync(contract, location, cancellationToken);
        var results = new List<LoadResult>();
        foreach (var part in parts)
            results.Add(await LoadOneAsync(part, location, progress, cancellationToken));

        if (contract.Options.Files.Count == 0)
            return results[0];

        var sum = LoadResult.Sum(contract.Name, results, time.GetElapsedTime(started));
        return contract.SyncMode == SyncMode.FullRefreshOverwrite
            ? sum with { Deleted = sum.Deleted + await DeleteGoneAsync(contract, parts, cancellationToken) }
            : sum;
    }

    private async Task<IReadOnlyList<StreamChange>> ListBackfillsAsync(Contract contract, CancellationToken cancellationToken)
    {
        if (!contract.SyncMode.NeedsCursor())
            return [];

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var changes = await StreamChanges.ReadAsync(connection, contract.Name, cancellationToken);
        return [.. changes.Where(c => c.Kind == StreamChangeKind.Backfill)];
    }

    private async Task<LoadResult> LoadOneAsync(
        Contract contract, SourceLocation location, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (contract.CommitEvery is null)
            return await LoadOneAsync(connection, contract, location, progress, cancellationToken);

        // the lock of a transaction ends with each part
        await TableLock.HoldAsync(connection, contract.Name, cancellationToken);
        try
        {
            return await LoadOneAsync(connection, contract, location, progress, cancellationToken);
        }
        finally
        {
            if (connection.State == ConnectionState.Open)
                await TableLock.ReleaseAsync(connection, contract.Name);
        }
    }

    private async Task<LoadResult> LoadOneAsync(
        NpgsqlConnection connection, Contract contract, SourceLocation location, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TableLock.TakeAsync(connection, contract.Name, cancellationToken);
        var table = new RawTable(contract);
        if (!await table.ExistsAsync(connection, cancellationToken))
            await Ledger.ForgetAsync(connection, contract.Name, cancellationToken);

        await StreamChanges.ApplyAsync(connection, contract, table, cancellationToken);
        await StreamState.CheckAsync(connection, contract, table, cancellationToken);
        var state = contract.SyncMode.NeedsCursor() ? await StreamState.ReadAsync(connection, contract, cancellationToken) : null;
        await using var reader = await ConnectorTable.For(contract)
            .OpenAsync(contract, location with { Since = state?.Cursor, Time = time }, cancellationToken);
        var batch = Batch.Create(contract, reader.ContentHash);
        if (await FindLoadedAsync(connection, contract, batch, reader.SourceName, cancellationToken) is { } loaded)
            return Result(loaded.BatchId, loaded.Rows, loaded.Deleted, loaded.Quarantined, alreadyLoaded: true);

        var partial = await PartialBatch.FindAsync(connection, contract.Name, reader.SourceName, cancellationToken);
        if (partial is not null && (contract.CommitEvery is null || partial.Identity != batch.Identity))
        {
            await partial.RemoveAsync(connection, table, cancellationToken);
            partial = null;
        }

        var newest = await Ledger.ReadNewestAsync(connection, contract.Name, source: null, cancellationToken);
        if (newest is not null && await Ledger.ContainsAsync(connection, batch.Id, cancellationToken))
            batch = batch.After(newest.BatchId);

        var processingTime = Ledger.After(newest, time.GetUtcNow());
        contract = reader.Contract;
        table = new RawTable(contract);
        await table.EnsureAsync(connection, cancellationToken);
        if (contract.CommitEvery is { } partRecords)
        {
            partial ??= await PartialBatch.BeginAsync(connection, batch, contract.Name, reader.SourceName, processingTime, cancellationToken);
            await StreamState.SaveAsync(connection, contract, partial.Id, cursor: null, processingTime.UtcDateTime, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            partial = await new PartialLoad(connection, reader, table, time).RunAsync(partial, partRecords, Report, cancellationToken);
            return Result(partial.Id, partial.Rows, deleted: 0, partial.Quarantined, alreadyLoaded: false);
        }

        var target = RowTarget.For(contract, table, state, processingTime.UtcDateTime);
        var load = new BatchLoad(connection, reader, batch, processingTime, time);
        var (counts, cursor) = await load.RunAsync(target, Report, cancellationToken);
        await StreamState.SaveAsync(connection, contract, batch.Id, cursor, counts.Finished.UtcDateTime, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result(batch.Id, counts.Rows, counts.Deleted, counts.Quarantined, alreadyLoaded: false);

        void Report(long rows)
        {
            if (progress is not null && rows % ProgressEvery == 0)
                progress.Report(
                    new LoadProgress(contract.Name, rows, reader.Length is > 0 and var length ? (double)reader.Position / length : null));
        }

        LoadResult Result(Guid batchId, long rows, long deleted, long quarantined, bool alreadyLoaded) =>
            new(contract.Name, batchId, rows, quarantined, alreadyLoaded, time.GetElapsedTime(started)) { Source = reader.SourceName, Deleted = deleted };
    }

    /// <summary>
    /// The batch that makes this load unnecessary: the newest of the table. If a contract names several files, it is the newest batch of the file or,
    /// for a new file, that of another file with the same content, which was renamed or delivered twice. A file that replaces only its own rows is
    /// always identified by its name.
    /// </summary>
    private static async Task<LedgerEntry?> FindLoadedAsync(
        NpgsqlConnection connection, Contract contract, Batch batch, string source, CancellationToken cancellationToken)
    {
        var isOneOfSeveral = contract.Options.Files.Count > 0;
        var newest = await Ledger.ReadNewestAsync(connection, contract.Name, isOneOfSeveral ? source : null, cancellationToken);
        if (newest is null && isOneOfSeveral && contract.SyncMode != SyncMode.FullRefreshOverwrite)
            return await Ledger.FindCurrentAsync(connection, contract.Name, batch.Identity, cancellationToken);

        return newest?.Identity == batch.Identity ? newest : null;
    }

    /// <summary>Deletes the rows of files that no longer exist.</summary>
    private async Task<long> DeleteGoneAsync(Contract contract, IReadOnlyList<Contract> parts, CancellationToken cancellationToken)
    {
        var table = new RawTable(contract);
        string[] files = [.. parts.Select(p => p.Options.File)];
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TableLock.TakeAsync(connection, contract.Name, cancellationToken);
        if (!await table.ExistsAsync(connection, cancellationToken))
            return 0;

        await using var command = new NpgsqlCommand(
            $"delete from {table.QuotedName} where {MetadataColumns.SourceFile} <> all ($1)", connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = files });
        var deleted = await command.ExecuteNonQueryAsync(cancellationToken);
        await Ledger.ForgetAsync(connection, contract.Name, files, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }
}
