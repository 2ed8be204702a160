using Models.Migrations;
using Npgsql;
using NpgsqlTypes;

namespace Ingestion.Loading.Batches;

/// <summary>The history of loads, <c>ingestion.batches</c>, written in the transaction that loads the rows.</summary>
internal static class Ledger
{
    private const string Columns = "batch_id, identity, row_count, quarantined_count, finished_at, deleted_count";

    private static readonly OwnTables Tables = OwnTables.Of(typeof(Ledger).Assembly, "ingestion", "batch_migrations");

    /// <summary>Creates or updates the schemas and tables that every load needs.</summary>
    public static Task EnsureCreatedAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken) =>
        Tables.EnsureAsync(dataSource, cancellationToken);

    /// <summary>The newest batch of a table or, if a source is given, of that source in it; null if there is none.</summary>
    public static Task<LedgerEntry?> ReadNewestAsync(NpgsqlConnection connection, string table, string? source, CancellationToken cancellationToken) =>
        FindAsync(
        connection,
        $"select {Columns} from ingestion.batches where table_name = $1 and ($2 is null or source_file = $2) order by finished_at desc limit 1",
        [new NpgsqlParameter<string> { TypedValue = table }, new NpgsqlParameter { Value = (object?)source ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }],
        cancellationToken);

    /// <summary>The batch of this identity if it is the newest of any source of the table; otherwise null.</summary>
    public static Task<LedgerEntry?> FindCurrentAsync(NpgsqlConnection connection, string table, Guid identity, CancellationToken cancellationToken) =>
        FindAsync(
        connection,
        $"""
        select {Columns}
        from (select distinct on (source_file) * from ingestion.batches where table_name = $1 order by source_file, finished_at desc) newest
        where identity = $2
        limit 1
        """,
        [new NpgsqlParameter<string> { TypedValue = table }, new NpgsqlParameter<Guid> { TypedValue = identity }],
        cancellationToken);

    /// <summary>True if the batch was ever loaded.</summary>
    public static async Task<bool> ContainsAsync(NpgsqlConnection connection, Guid batchId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select exists (select from ingestion.batches where batch_id = $1)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batchId });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>
    /// The current time, but always after the newest batch: models keep the row with the latest processing time, so that differing or adjusted clocks
    /// must not reverse the order of batches.
    /// </summary>
    public static DateTimeOffset After(LedgerEntry? newest, DateTimeOffset now) =>
        newest?.FinishedAt >= now ? newest.FinishedAt.AddMicroseconds(1) : now;

    public static async Task RecordAsync(
        NpgsqlConnection connection, Batch batch, string table, string source, LoadCounts counts, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into ingestion.batches (
                batch_id, table_name, source_file, content_hash, row_count, quarantined_count, started_at, finished_at, identity, deleted_count)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batch.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = batch.ContentHash });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = counts.Rows });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = counts.Quarantined });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = counts.Started.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = counts.Finished.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batch.Identity });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = counts.Deleted });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Records that the rows of a table are gone, so that its sources are loaded from the start.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "with forgotten as (delete from ingestion.streams where table_name = $1) update ingestion.batches set identity = null, " +
            "pending_identity = null, records_read = null where table_name = $1 and (identity is not null or pending_identity is not null)",
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The same for files that the table's contract no longer names.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, string table, IReadOnlyCollection<string> files, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with forgotten as (delete from ingestion.streams where table_name = $1 and source <> all ($2))
            update ingestion.batches set identity = null where table_name = $1 and identity is not null and source_file <> all ($2)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. files] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<LedgerEntry?> FindAsync(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new LedgerEntry(reader.GetGuid(0), reader.IsDBNull(1)
                ? null
                : reader.GetGuid(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetInt64(5))
            : null;
    }
}

/// <summary>A loaded batch; it has no identity if its rows are no longer in the table.</summary>
internal sealed record LedgerEntry(Guid BatchId, Guid? Identity, long Rows, long Quarantined, DateTimeOffset FinishedAt, long Deleted);

/// <summary>The ledger's data about a load.</summary>
internal sealed record LoadCounts(long Rows, long Deleted, long Quarantined, DateTimeOffset Started, DateTimeOffset Finished);
