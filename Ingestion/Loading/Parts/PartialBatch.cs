using Ingestion.Loading.Batches;
using Ingestion.Loading.Tables;
using Models.Contracts;
using Npgsql;

namespace Ingestion.Loading.Parts;

/// <summary>A batch of which some parts are committed and others are not.</summary>
/// <param name="Id">The batch.</param>
/// <param name="Identity">What it will hold.</param>
/// <param name="StartedAt">The start of its load, which all of its rows have.</param>
/// <param name="Records">The records of the source that were read.</param>
/// <param name="Rows">The rows that were written.</param>
/// <param name="Quarantined">The records that were quarantined.</param>
internal sealed record PartialBatch(Guid Id, Guid Identity, DateTimeOffset StartedAt, long Records, long Rows, long Quarantined)
{
    /// <summary>The unfinished batch of a source; null if there is none.</summary>
    public static async Task<PartialBatch?> FindAsync(NpgsqlConnection connection, string table, string source, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select batch_id, pending_identity, started_at, records_read, row_count, quarantined_count
            from ingestion.batches
            where table_name = $1 and source_file = $2 and pending_identity is not null
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new PartialBatch(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5))
            : null;
    }

    /// <summary>Records a batch before its first part.</summary>
    public static async Task<PartialBatch> BeginAsync(
        NpgsqlConnection connection, Batch batch, string table, string source, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into ingestion.batches (
                batch_id, table_name, source_file, content_hash, row_count, quarantined_count, started_at, finished_at, pending_identity, records_read)
            values ($1, $2, $3, $4, 0, 0, $5, $5, $6, 0)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batch.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = batch.ContentHash });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = startedAt.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batch.Identity });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new PartialBatch(batch.Id, batch.Identity, startedAt, 0, 0, 0);
    }

    /// <summary>Records how far the batch is, in the transaction of a part's rows.</summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="finishedAt">The end of the part.</param>
    /// <param name="isWhole">True with the last part.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task SaveAsync(NpgsqlConnection connection, DateTimeOffset finishedAt, bool isWhole, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
            update ingestion.batches
            set row_count = $2, quarantined_count = $3, finished_at = $4, {(isWhole
                ? "identity = pending_identity, pending_identity = null, records_read = null"
                : "records_read = $5")}
            where batch_id = $1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Rows });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Quarantined });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = finishedAt.UtcDateTime });
        if (!isWhole)
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Records });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Removes what the parts have written.</summary>
    public async Task RemoveAsync(NpgsqlConnection connection, RawTable table, CancellationToken cancellationToken)
    {
        var rows = await table.ExistsAsync(connection, cancellationToken)
            ? $"delete from {table.QuotedName} where {MetadataColumns.BatchId} = '{Id}';"
            : "";
        await using var command = new NpgsqlCommand(
            $"{rows} delete from ingestion.quarantine where batch_id = '{Id}'; delete from ingestion.batches where batch_id = '{Id}'", connection)
        {
            CommandTimeout = 0,
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
