using Ingestion.Connectors;
using Ingestion.Connectors.Database;
using Ingestion.Connectors.Sources;
using Ingestion.Loading.Batches;
using Ingestion.Loading.Records;
using Ingestion.Loading.Streams;
using Ingestion.Loading.Sync;
using Ingestion.Loading.Tables;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Ingestion.Loading.Replication;

/// <summary>
/// Captures the changes of a PostgreSQL table by logical replication. The first load reads the table in the snapshot of a new replication slot; each
/// later one applies what was committed since, in one transaction with the position, and then confirms the position to the source. A load ends at
/// the changes that were there when it began.
/// </summary>
internal sealed class ReplicationLoad(NpgsqlDataSource dataSource, TimeProvider time)
{
    public async Task<LoadResult> RunAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        if (contract.SyncMode != SyncMode.SnapshotMerge)
            throw new DiagnosticException(ReplicationDiagnostics.NeedsMerge(contract.Span, contract.Name));

        var started = time.GetTimestamp();
        var slot = await new ReplicationSlots(dataSource, time).EnsureNameAsync(contract, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TableLock.TakeAsync(connection, contract.Name, cancellationToken);
        var table = new RawTable(contract);
        if (!await table.ExistsAsync(connection, cancellationToken))
            await Ledger.ForgetAsync(connection, contract.Name, cancellationToken);

        await StreamChanges.ApplyAsync(connection, contract, table, cancellationToken);
        await StreamState.CheckAsync(connection, contract, table, cancellationToken);
        var state = await StreamState.ReadAsync(connection, contract, cancellationToken);
        await using var source = await ReplicationSource.OpenAsync(contract, location, slot, cancellationToken);
        var result = state?.Cursor is { } cursor
            ? await ApplyChangesAsync(contract, source, NpgsqlLogSequenceNumber.Parse(cursor), connection, transaction, cancellationToken)
            : await ReadSnapshotAsync(contract, source, location, connection, transaction, cancellationToken);
        return result with { Elapsed = time.GetElapsedTime(started) };
    }

    private async Task<LoadResult> ReadSnapshotAsync(
        Contract contract,
        ReplicationSource source,
        SourceLocation location,
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        var (snapshot, position) = await source.CreateAsync(cancellationToken);
        await using var reader = await ConnectorTable.For(contract).OpenAsync(contract, location with { Snapshot = snapshot, Time = time }, cancellationToken);
        var newest = await Ledger.ReadNewestAsync(connection, contract.Name, source: null, cancellationToken);
        var batch = Batch.Create(contract, $"{reader.ContentHash} at {position} of {source.Slot}");
        if (newest is not null)
            batch = batch.After(newest.BatchId);
        var processingTime = Ledger.After(newest, time.GetUtcNow());
        var table = new RawTable(reader.Contract);
        await table.EnsureAsync(connection, cancellationToken);
        var load = new BatchLoad(connection, reader, batch, processingTime, time);
        var target = new StagedRows(reader.Contract, table, state: null, processingTime.UtcDateTime);
        var (counts, _) = await load.RunAsync(target, _ => { }, cancellationToken);
        await StreamState.SaveAsync(connection, contract, batch.Id, position.ToString(), counts.Finished.UtcDateTime, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result(contract, batch.Id, reader, counts, alreadyLoaded: false);
    }

    private async Task<LoadResult> ApplyChangesAsync(
        Contract contract,
        ReplicationSource source,
        NpgsqlLogSequenceNumber position,
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        var columns = await source.ReadColumnsAsync(cancellationToken);
        contract = ColumnMap.Extend(contract, columns);
        ColumnMap.Create(contract, columns, contract.Span);
        var table = new RawTable(contract);
        await table.EnsureAsync(connection, cancellationToken);
        var newest = await Ledger.ReadNewestAsync(connection, contract.Name, source: null, cancellationToken);
        var processingTime = Ledger.After(newest, time.GetUtcNow());
        var batch = Batch.Create(contract, $"changes after {position} of {source.Slot}");
        await using var reader = await source.StartAsync(contract, position, cancellationToken);
        var staged = new StagedChanges(contract, table, processingTime.UtcDateTime);
        await staged.PrepareAsync(connection, cancellationToken);
        var quarantine = new Quarantine(batch.Id, contract, reader.SourceName, processingTime.UtcDateTime);
        await new ChangeRun(connection, contract, staged, batch.Id, processingTime.UtcDateTime, reader, quarantine).RunAsync(cancellationToken);
        var isEmpty = reader.Line == 0;
        var synced = isEmpty ? new SyncCounts(0, 0) : await staged.ApplyAsync(connection, cancellationToken);
        var counts = new LoadCounts(synced.Written, synced.Deleted, quarantine.Count, processingTime, Ledger.After(newest, time.GetUtcNow()));
        if (!isEmpty)
            await Ledger.RecordAsync(connection, batch, contract.Name, reader.SourceName, counts, cancellationToken);
        var batchId = isEmpty && newest is not null ? newest.BatchId : batch.Id;
        await StreamState.SaveAsync(connection, contract, batchId, reader.End.ToString(), counts.Finished.UtcDateTime, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await source.ConfirmAsync(reader.End, cancellationToken);
        return Result(contract, batchId, reader, counts, isEmpty);
    }

    private static LoadResult Result(Contract contract, Guid batchId, RecordReader reader, LoadCounts counts, bool alreadyLoaded) =>
        new(contract.Name, batchId, counts.Rows, counts.Quarantined, alreadyLoaded, default) { Source = reader.SourceName, Deleted = counts.Deleted };
}
