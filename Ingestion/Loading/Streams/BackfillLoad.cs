using Ingestion.Connectors;
using Ingestion.Connectors.Database;
using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Ingestion.Loading.Batches;
using Ingestion.Loading.Sync;
using Ingestion.Loading.Tables;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Loading.Streams;

/// <summary>
/// Loads a range of a stream's cursors again: rows of the range are replaced by what the source has now or, if the mode keeps one row a key, merged
/// with it. The stream's state stays. All files of a contract are loaded in one transaction.
/// </summary>
internal sealed class BackfillLoad(NpgsqlDataSource dataSource, TimeProvider time)
{
    public async Task<LoadResult> RunAsync(
        Contract contract, StreamChange change, SourceLocation location, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // a range may be empty now
        contract = contract with { Limits = contract.Limits with { MinRows = 0 } };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TableLock.TakeAsync(connection, contract.Name, cancellationToken);
        await StreamState.CheckAsync(connection, contract, new RawTable(contract), cancellationToken);
        long? deleted = null;
        var results = new List<LoadResult>();
        foreach (var part in await FileSet.ExpandAsync(contract, location, cancellationToken))
        {
            await using var reader = await ConnectorTable.For(part)
                .OpenAsync(part, location with { Since = change.From, Until = change.To, Time = time }, cancellationToken);
            var table = new RawTable(reader.Contract);
            await table.EnsureAsync(connection, cancellationToken);
            deleted ??= await DeleteRangeAsync(connection, part, table, change, cancellationToken);
            results.Add(await LoadAsync(connection, reader, table, change, deleted.Value, cancellationToken));
            deleted = 0;
        }

        await StreamChanges.DeleteAsync(connection, change, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return LoadResult.Sum(contract.Name, results, time.GetElapsedTime(started)) with { Files = [] };
    }

    private async Task<LoadResult> LoadAsync(
        NpgsqlConnection connection, RecordReader reader, RawTable table, StreamChange change, long deleted, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var contract = reader.Contract;
        var batch = Batch.Create(contract, reader.ContentHash).ForChange(change.Id);
        var newest = await Ledger.ReadNewestAsync(connection, contract.Name, source: null, cancellationToken);
        var processingTime = Ledger.After(newest, time.GetUtcNow());
        var target = new StagedRows(contract, table, state: null, processingTime.UtcDateTime) { Range = (change.From!, change.To!) };
        var load = new BatchLoad(connection, reader, batch, processingTime, time) { IsRepeat = true, Replaced = deleted };
        var (counts, _) = await load.RunAsync(target, _ => { }, cancellationToken);
        return new LoadResult(contract.Name, batch.Id, counts.Rows, counts.Quarantined, AlreadyLoaded: false, time.GetElapsedTime(started))
        {
            Source = reader.SourceName,
            Deleted = deleted,
        };
    }

    private static async Task<long> DeleteRangeAsync(
        NpgsqlConnection connection, Contract contract, RawTable table, StreamChange change, CancellationToken cancellationToken)
    {
        if (contract.SyncMode != SyncMode.IncrementalAppend)
            return 0;

        var type = contract.Fields.First(f => f.Name == contract.Cursor).Type.Name;
        var cursor = SqlIdentifier.Quote(contract.Cursor!);
        await using var command = new NpgsqlCommand(
            $"delete from {table.QuotedName} where {cursor} >= $1::{type} and {cursor} < $2::{type}", connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = change.From! });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = change.To! });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
