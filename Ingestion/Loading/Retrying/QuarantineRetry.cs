using Ingestion.Connectors.Database;
using Ingestion.Loading.Batches;
using Ingestion.Loading.Records;
using Ingestion.Loading.Sync;
using Ingestion.Loading.Tables;
using Models.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Ingestion.Loading.Retrying;

/// <summary>
/// Checks quarantined records again, usually after their contract was changed, and loads those that fit it now. A record keeps its batch, source and
/// line, and moves from the batch's quarantined count to its row count, so that their sum stays the number of records of the source.
/// </summary>
public sealed class QuarantineRetry(NpgsqlDataSource dataSource)
{
    private const int PageRecords = 5_000;

    /// <param name="contract">The contract as it is now.</param>
    /// <param name="id">One record; null for all open records of the table.</param>
    /// <param name="cancellationToken">Cancels the retry; batches that were done before stay loaded.</param>
    /// <exception cref="Models.Diagnostics.DiagnosticException">The table does not match the contract.</exception>
    public async Task<RetryResult> RetryAsync(Contract contract, long? id, CancellationToken cancellationToken)
    {
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        var sum = new RetryResult(contract.Name, 0, 0, 0);
        foreach (var batchId in await ListBatchesAsync(contract.Name, id, cancellationToken))
        {
            var result = await RetryBatchAsync(contract, batchId, id, cancellationToken);
            sum = sum with
            {
                Loaded = sum.Loaded + result.Loaded,
                StillBad = sum.StillBad + result.StillBad,
                Outdated = sum.Outdated + result.Outdated,
            };
        }

        return sum;
    }

    /// <summary>The batches with open records, oldest first, so that the newest record of a key is applied last.</summary>
    private async Task<List<Guid>> ListBatchesAsync(string table, long? id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            select b.batch_id
            from ingestion.batches b
            where b.table_name = $1
                and exists (
                    select from ingestion.quarantine q
                    where q.batch_id = b.batch_id and q.discarded_at is null and ($2 is null or q.quarantine_id = $2))
            order by b.finished_at
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        command.Parameters.Add(Id(id));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var batches = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
            batches.Add(reader.GetGuid(0));

        return batches;
    }

    private async Task<RetryResult> RetryBatchAsync(Contract contract, Guid batchId, long? id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await TableLock.TakeAsync(connection, contract.Name, cancellationToken);
        var batch = await RetriedBatch.ReadAsync(connection, batchId, cancellationToken);
        var result = new RetryResult(contract.Name, 0, 0, 0);
        if (batch.IsOutdated(contract.SyncMode))
            return result with { Outdated = await CountAsync(connection, batchId, id, cancellationToken) };

        if (contract.Options.Files.Count > 0)
            contract = contract with { Options = contract.Options with { File = batch.Source } };
        var table = new RawTable(contract);
        await StreamState.CheckAsync(connection, contract, table, cancellationToken);
        var state = contract.SyncMode.NeedsCursor() ? await StreamState.ReadAsync(connection, contract, cancellationToken) : null;
        await table.EnsureAsync(connection, cancellationToken);
        var target = contract.SyncMode is SyncMode.FullRefreshAppend or SyncMode.FullRefreshOverwrite
            ? null
            : new StagedRows(contract, table, state, batch.ProcessingTime, isRetry: true);
        if (target is not null)
            await target.PrepareAsync(connection, cancellationToken);

        for (long after = 0; await ReadPageAsync(connection, batchId, id, after, cancellationToken) is { Count: > 0 } page; after = page[^1].Id)
        {
            await using var reader = new StoredRecordReader(contract, batch.Source, page);
            var bad = new RetriedRecords(reader);
            var copy = new CopyRun(connection, contract, target?.QuotedName ?? table.QuotedName, batchId, batch.ProcessingTime, reader, bad);
            await copy.RunAsync(_ => { }, cancellationToken);
            await bad.SaveAsync(connection, page, cancellationToken);
            result = result with { Loaded = result.Loaded + copy.Rows, StillBad = result.StillBad + bad.Count };
        }

        if (result.Loaded > 0)
            await RecordAsync(connection, contract, target, batch, result.Loaded, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    private static async Task RecordAsync(
        NpgsqlConnection connection, Contract contract, StagedRows? target, RetriedBatch batch, long loaded, CancellationToken cancellationToken)
    {
        var synced = target is null
            ? new SyncCounts(loaded, 0)
            : await target.ApplyAsync(connection, loaded, isWhole: false, cancellationToken);
        if (contract.SyncMode.NeedsCursor())
            await StreamState.SaveAsync(connection, contract, batch.Id, synced.Cursor, batch.ProcessingTime, cancellationToken);

        await using var command = new NpgsqlCommand(
            """
            update ingestion.batches
            set row_count = row_count + $2, quarantined_count = quarantined_count - $3, deleted_count = deleted_count + $4
            where batch_id = $1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batch.Id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = synced.Written });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = loaded });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = synced.Deleted });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<StoredEntry>> ReadPageAsync(
        NpgsqlConnection connection, Guid batchId, long? id, long after, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select quarantine_id, source_line, reason, record
            from ingestion.quarantine
            where batch_id = $1 and discarded_at is null and ($2 is null or quarantine_id = $2) and quarantine_id > $3
            order by quarantine_id
            limit {PageRecords}
            """,
            connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batchId });
        command.Parameters.Add(Id(id));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<StoredEntry>();
        while (await reader.ReadAsync(cancellationToken))
            entries.Add(new StoredEntry(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));

        return entries;
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, Guid batchId, long? id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select count(*) from ingestion.quarantine where batch_id = $1 and discarded_at is null and ($2 is null or quarantine_id = $2)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batchId });
        command.Parameters.Add(Id(id));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static NpgsqlParameter Id(long? id) => new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };
}
