using Ingestion.Loading.Batches;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Ingestion.Loading.Streams;

/// <summary>Lists the streams' states and records requested changes, also while a stream is loaded.</summary>
public sealed class StreamStore(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <summary>The state of each stream that was loaded, by table and source.</summary>
    public async Task<IReadOnlyList<StreamView>> ListAsync(CancellationToken cancellationToken)
    {
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var command = dataSource.CreateCommand(
            "select table_name, source, sync_mode, cursor_value, batch_id, updated_at from ingestion.streams order by table_name, source");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var streams = new List<StreamView>();
        while (await reader.ReadAsync(cancellationToken))
        {
            streams.Add(new StreamView(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.GetGuid(4),
                reader.GetFieldValue<DateTimeOffset>(5)));
        }

        return streams;
    }

    /// <summary>The changes that no load has applied yet, in the order in which they were requested.</summary>
    public async Task<IReadOnlyList<StreamChange>> ListChangesAsync(CancellationToken cancellationToken)
    {
        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await StreamChanges.ReadAsync(connection, table: null, cancellationToken);
    }

    /// <summary>Requests that all rows of the stream are loaded again from the start.</summary>
    public Task<StreamChange> ResetAsync(Contract contract, CancellationToken cancellationToken) =>
        RequestAsync(contract, StreamChangeKind.Reset, from: null, to: null, cancellationToken);

    /// <summary>Requests that what is beyond a cursor is loaded again.</summary>
    /// <exception cref="DiagnosticException">The stream has no cursor, or the value is not one.</exception>
    public Task<StreamChange> RewindAsync(Contract contract, string cursor, CancellationToken cancellationToken) =>
        RequestAsync(contract, StreamChangeKind.Rewind, cursor, to: null, cancellationToken);

    /// <summary>Requests that the rows from one cursor to another, exclusive, are loaded again.</summary>
    /// <exception cref="DiagnosticException">The stream has no cursor, a value is not one, or the range is empty.</exception>
    public Task<StreamChange> BackfillAsync(Contract contract, string from, string to, CancellationToken cancellationToken) =>
        RequestAsync(contract, StreamChangeKind.Backfill, from, to, cancellationToken);

    private async Task<StreamChange> RequestAsync(
        Contract contract, StreamChangeKind kind, string? from, string? to, CancellationToken cancellationToken)
    {
        if (kind != StreamChangeKind.Reset && !contract.SyncMode.NeedsCursor())
            throw new DiagnosticException(StreamDiagnostics.NoCursor(contract.Span, contract.Name, contract.SyncMode.Name()));

        await Ledger.EnsureCreatedAsync(dataSource, cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        from = await NormaliseAsync(connection, contract, from, cancellationToken);
        to = await NormaliseAsync(connection, contract, to, cancellationToken);
        await using var command = new NpgsqlCommand(
            $"""
            insert into ingestion.stream_changes (table_name, kind, range_from, range_to, requested_at)
            select $1, $2, $3, $4, $5
            {(to is null ? "" : $"where $3::{CursorType(contract)} < $4::{CursorType(contract)}")}
            returning change_id
            """,
            connection);
        var now = time.GetUtcNow();
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = contract.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = kind.ToString().ToLowerInvariant() });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)from ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)to ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now.UtcDateTime });
        return await command.ExecuteScalarAsync(cancellationToken) is long id
            ? new StreamChange(id, contract.Name, kind, from, to, now)
            : throw new DiagnosticException(StreamDiagnostics.EmptyRange(contract.Span, from!, to!));
    }

    /// <summary>Writes a cursor as the states do: as JSON, which has one time format regardless of settings. A time without a zone is in UTC.</summary>
    private static async Task<string?> NormaliseAsync(NpgsqlConnection connection, Contract contract, string? value, CancellationToken cancellationToken)
    {
        if (value is null)
            return null;

        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                $"select set_config('timezone', 'UTC', true), to_jsonb($1::{CursorType(contract)}) #>> '{{}}'", connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return reader.GetString(1);
        }
        catch (PostgresException exception) when (exception.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            throw new DiagnosticException(StreamDiagnostics.BadCursor(contract.Span, value, contract.Cursor!, CursorType(contract)), exception);
        }
    }

    private static string CursorType(Contract contract) => contract.Fields.First(f => f.Name == contract.Cursor).Type.Name;
}
