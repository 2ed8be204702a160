using Ingestion.Loading.Batches;
using Npgsql;
using NpgsqlTypes;

namespace Ingestion.Loading.Retrying;

/// <summary>Lists, shows and discards quarantined records.</summary>
public sealed class QuarantineStore(NpgsqlDataSource dataSource)
{
    private const string Columns = "quarantine_id, table_name, batch_id, source_file, source_line, field, reason, quarantined_at, discarded_at";

    /// <summary>The tables that have quarantined records, by name.</summary>
    public async Task<IReadOnlyList<QuarantinedTable>> ListTablesAsync(CancellationToken cancellationToken)
    {
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var command = dataSource.CreateCommand(
            """
            select table_name, count(*) filter (where discarded_at is null), count(discarded_at), max(quarantined_at)
            from ingestion.quarantine
            group by table_name
            order by table_name
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<QuarantinedTable>();
        while (await reader.ReadAsync(cancellationToken))
            tables.Add(new QuarantinedTable(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3)));

        return tables;
    }

    /// <summary>The open records of a table, in the order in which they were quarantined.</summary>
    /// <param name="table">The table in schema raw.</param>
    /// <param name="after">Records with greater ids are listed.</param>
    /// <param name="limit">The maximum number of records.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<IReadOnlyList<QuarantinedRecord>> ListAsync(string table, long after, int limit, CancellationToken cancellationToken)
    {
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var command = dataSource.CreateCommand(
            $"""
            select {Columns} from ingestion.quarantine
            where table_name = $1 and discarded_at is null and quarantine_id > $2
            order by quarantine_id limit $3
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var records = new List<QuarantinedRecord>();
        while (await reader.ReadAsync(cancellationToken))
            records.Add(Read(reader));

        return records;
    }

    /// <summary>One record with its text, also a discarded one; null if there is none.</summary>
    public async Task<QuarantinedRecord?> FindAsync(string table, long id, CancellationToken cancellationToken)
    {
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var command = dataSource.CreateCommand(
            $"select {Columns}, raw_text from ingestion.quarantine where table_name = $1 and quarantine_id = $2");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) with { RawText = reader.GetString(9) } : null;
    }

    /// <summary>Marks open records of a table as discarded; they stay in the quarantine.</summary>
    /// <param name="table">The table in schema raw.</param>
    /// <param name="id">One record; null for all of the table.</param>
    /// <param name="at">The time of the decision.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of records.</returns>
    public async Task<int> DiscardAsync(string table, long? id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var command = dataSource.CreateCommand(
            """
            update ingestion.quarantine set discarded_at = $3
            where table_name = $1 and ($2 is null or quarantine_id = $2) and discarded_at is null
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static QuarantinedRecord Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetGuid(2),
        reader.GetString(3),
        reader.GetInt64(4),
        reader.IsDBNull(5) ? null : reader.GetString(5),
        reader.GetString(6),
        reader.GetFieldValue<DateTimeOffset>(7))
    {
        DiscardedAt = reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8),
    };
}
