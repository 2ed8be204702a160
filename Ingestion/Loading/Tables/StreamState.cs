using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Ingestion.Loading.Tables;

/// <summary>
/// The state of a stream: how it was loaded and up to which cursor. It is stored in <c>ingestion.streams</c>, in the transaction that loads the rows.
/// </summary>
/// <param name="Mode">The sync mode's name.</param>
/// <param name="Fields">The cursor or primary key with which the rows were loaded.</param>
/// <param name="Cursor">The largest loaded cursor in PostgreSQL's format; null if there is none.</param>
internal sealed record StreamState(string Mode, string Fields, string? Cursor)
{
    /// <summary>The state of a contract's source; null if it was never loaded.</summary>
    public static async Task<StreamState?> ReadAsync(NpgsqlConnection connection, Contract contract, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select sync_mode, fields, cursor_value from ingestion.streams where table_name = $1 and source = $2", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Source(contract) });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new StreamState(reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2))
            : null;
    }

    /// <summary>Throws if the table's rows were loaded in a mode that is incompatible with the contract's.</summary>
    /// <exception cref="DiagnosticException">The mode, its cursor or its key changed.</exception>
    public static async Task CheckAsync(NpgsqlConnection connection, Contract contract, RawTable table, CancellationToken cancellationToken)
    {
        var expected = (Mode: contract.SyncMode.Name(), Fields: FieldsOf(contract));
        var found = await ReadModeAsync(connection, contract.Name, cancellationToken);
        // modes that only add rows are compatible with each other, and an overwrite is compatible with every mode
        if (found == expected || contract.SyncMode == SyncMode.FullRefreshOverwrite || (IsPlain(found.Mode) && IsPlain(expected.Mode))
            || !await table.HasRowsAsync(connection, cancellationToken))
            return;

        throw new DiagnosticException(IngestionDiagnostics.ChangedMode(contract.Span, contract.Name, Describe(found), Describe(expected)));
    }

    /// <summary>Saves the stream's state.</summary>
    public static async Task SaveAsync(
        NpgsqlConnection connection, Contract contract, Guid batchId, string? cursor, DateTime at, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into ingestion.streams values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (table_name, source) do update set
                sync_mode = excluded.sync_mode, fields = excluded.fields, cursor_value = excluded.cursor_value,
                batch_id = excluded.batch_id, updated_at = excluded.updated_at
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Source(contract) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.SyncMode.Name() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = FieldsOf(contract) });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)cursor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = batchId });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<(string Mode, string Fields)> ReadModeAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select sync_mode, fields from ingestion.streams where table_name = $1 order by updated_at desc limit 1", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetString(1)) : (SyncMode.FullRefreshAppend.Name(), "");
    }

    private static string Source(Contract contract) => contract.Options.Files.Count > 0 ? contract.Options.File : "";

    private static string FieldsOf(Contract contract) => contract.SyncMode switch
    {
        SyncMode.IncrementalAppend => contract.Cursor!,
        var mode when mode.NeedsKey() => string.Join(", ", contract.PrimaryKey),
        _ => "",
    };

    private static bool IsPlain(string mode) => SyncModes.Find(mode) is SyncMode.FullRefreshAppend or SyncMode.FullRefreshOverwrite;

    private static string Describe((string Mode, string Fields) state) => state.Fields.Length == 0 ? state.Mode : $"{state.Mode} by {state.Fields}";
}
