using Ingestion.Loading.Batches;
using Ingestion.Loading.Tables;
using Models.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Ingestion.Loading.Streams;

/// <summary>The requested changes of streams, <c>ingestion.stream_changes</c>, read and applied in the transaction of a load.</summary>
internal static class StreamChanges
{
    /// <param name="connection">An open connection.</param>
    /// <param name="table">The table in schema raw; null for all.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<IReadOnlyList<StreamChange>> ReadAsync(NpgsqlConnection connection, string? table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select change_id, table_name, kind, range_from, range_to, requested_at
            from ingestion.stream_changes
            where $1 is null or table_name = $1
            order by change_id
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)table ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var changes = new List<StreamChange>();
        while (await reader.ReadAsync(cancellationToken))
        {
            changes.Add(new StreamChange(
                reader.GetInt64(0),
                reader.GetString(1),
                Enum.Parse<StreamChangeKind>(reader.GetString(2), ignoreCase: true),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.GetFieldValue<DateTimeOffset>(5)));
        }

        return changes;
    }

    /// <summary>Applies the stream's resets and rewinds, in their order.</summary>
    public static async Task ApplyAsync(NpgsqlConnection connection, Contract contract, RawTable table, CancellationToken cancellationToken)
    {
        foreach (var change in await ReadAsync(connection, contract.Name, cancellationToken))
        {
            switch (change.Kind)
            {
                case StreamChangeKind.Reset:
                    if (await table.ExistsAsync(connection, cancellationToken))
                        await ExecuteAsync(connection, $"delete from {table.QuotedName}", cancellationToken);
                    await Ledger.ForgetAsync(connection, contract.Name, cancellationToken);
                    break;
                case StreamChangeKind.Rewind when contract.SyncMode.NeedsCursor():
                    await RewindAsync(connection, contract, table, change.From!, cancellationToken);
                    break;
                case StreamChangeKind.Backfill:
                    continue;
            }

            await DeleteAsync(connection, change, cancellationToken);
        }
    }

    public static Task DeleteAsync(NpgsqlConnection connection, StreamChange change, CancellationToken cancellationToken) =>
        ExecuteAsync(
            connection,
            "delete from ingestion.stream_changes where change_id = $1",
            cancellationToken,
            new NpgsqlParameter<long> { TypedValue = change.Id });

    /// <summary>
    /// A mode that appends must delete what it loads again. The batches get another identity, so that a source whose content did not change is
    /// read again.
    /// </summary>
    private static async Task RewindAsync(NpgsqlConnection connection, Contract contract, RawTable table, string cursor, CancellationToken cancellationToken)
    {
        var type = contract.Fields.First(f => f.Name == contract.Cursor).Type.Name;
        if (contract.SyncMode == SyncMode.IncrementalAppend && await table.ExistsAsync(connection, cancellationToken))
            await ExecuteAsync(
                connection, $"delete from {table.QuotedName} where {SqlIdentifier.Quote(contract.Cursor!)} > $1::{type}", cancellationToken, Text(cursor));

        await ExecuteAsync(
            connection,
            $"update ingestion.streams set cursor_value = $1 where table_name = $2 and cursor_value::{type} > $1::{type}",
            cancellationToken,
            Text(cursor),
            Text(contract.Name));
        await ExecuteAsync(
            connection,
            "update ingestion.batches set identity = gen_random_uuid() where table_name = $1 and identity is not null",
            cancellationToken,
            Text(contract.Name));
    }

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value };

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
