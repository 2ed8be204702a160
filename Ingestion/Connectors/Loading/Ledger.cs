using Models.Migrations;
using Npgsql;

namespace Ingestion.Connectors.Loading;

/// <summary>The record of loads, <c>ingestion.batches</c>, written in the transaction that loads the rows.</summary>
internal static class Ledger
{
    private static readonly OwnTables Tables = OwnTables.Of(typeof(Ledger).Assembly, "ingestion", "batch_migrations");

    /// <summary>Makes the schemas and tables that every load needs, or brings them up to date.</summary>
    public static Task EnsureCreatedAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken) =>
        Tables.EnsureAsync(dataSource, cancellationToken);

    /// <summary>The table's batches, newest first, at most two: the newest and the one that it came after.</summary>
    public static async Task<IReadOnlyList<LedgerEntry>> ReadNewestAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select batch_id, row_count, quarantined_count, finished_at from ingestion.batches where table_name = $1 order by finished_at desc limit 2", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<LedgerEntry>();
        while (await reader.ReadAsync(cancellationToken))
            entries.Add(new LedgerEntry(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3)));

        return entries;
    }

    /// <summary>True where the batch was loaded at any time.</summary>
    public static async Task<bool> ContainsAsync(NpgsqlConnection connection, Guid batchId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select exists (select from ingestion.batches where batch_id = $1)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batchId });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public static async Task RecordAsync(NpgsqlConnection connection, Batch batch, string table, string source, LoadCounts counts, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "insert into ingestion.batches values ($1, $2, $3, $4, $5, $6, $7, $8)", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batch.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = batch.ContentHash });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = counts.Rows });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = counts.Quarantined });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = counts.Started.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = counts.Finished.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>A batch that was loaded.</summary>
internal sealed record LedgerEntry(Guid BatchId, long Rows, long Quarantined, DateTimeOffset FinishedAt);

/// <summary>What the ledger keeps of a load.</summary>
internal sealed record LoadCounts(long Rows, long Quarantined, DateTimeOffset Started, DateTimeOffset Finished);
