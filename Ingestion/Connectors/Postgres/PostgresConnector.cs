using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Connectors.Postgres;

/// <summary>Reads a table or view of a PostgreSQL database in one snapshot.</summary>
internal sealed class PostgresConnector : IConnector
{
    /// <summary>Settings that give values the text format that contracts parse. Source: PostgreSQL documentation, 8.5 and 20.11.</summary>
    private const string Settings = "set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local extra_float_digits = 1";

    /// <summary>
    /// A database with encoding SQL_ASCII may contain any bytes. It sends them unchecked to a client with the same encoding, so that the reader can
    /// report the row and column that are not UTF-8. Source: PostgreSQL documentation, 24.3.
    /// </summary>
    private const string RawBytes = "select set_config('client_encoding', 'SQL_ASCII', true) where current_setting('server_encoding') = 'SQL_ASCII'";

    public string Format => "postgres";

    public async Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        var connectionString = ConnectionString(contract, location);
        try
        {
            if (contract.Options.Seed.Length > 0)
                await new OperationalSeed(contract, location).EnsureAsync(connectionString, cancellationToken);

            return await OpenAsync(contract, connectionString, location, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or ArgumentException)
        {
            throw new DiagnosticException(Unreadable(contract, exception), exception);
        }
    }

    /// <summary>The connection string that a contract names.</summary>
    /// <exception cref="DiagnosticException">The contract names no connection or table, or the connection is not configured.</exception>
    internal static string ConnectionString(Contract contract, SourceLocation location)
    {
        var name = contract.Options.Connection;
        if (name.Length == 0 || contract.Options.Table.Length == 0)
            throw new DiagnosticException(
                IngestionDiagnostics.MissingOption(contract.Span, contract.Name, contract.Format, name.Length == 0 ? "options: connection" : "options: table"));
        if (!location.ConnectionStrings.TryGetValue(name, out var connectionString))
            throw new DiagnosticException(IngestionDiagnostics.UnknownConnection(contract.Span, contract.Name, name, location.ConnectionStrings.Keys));

        try
        {
            // without pooling, because a source of a few tables needs no open connections afterwards
            return new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        }
        catch (ArgumentException exception)
        {
            throw new DiagnosticException(Unreadable(contract, exception), exception);
        }
    }

    internal static Diagnostic Unreadable(Contract contract, Exception exception) =>
        IngestionDiagnostics.UnreadableTable(contract.Span, contract.Options.Table, contract.Options.Connection, Reason(exception));

    /// <summary>Describes an error in one line.</summary>
    internal static string Reason(Exception exception) => exception switch
    {
        PostgresException refused => refused.MessageText,
        NpgsqlException { InnerException: { } inner } => inner.Message,
        _ => exception.Message,
    };

    private static async Task<RecordReader> OpenAsync(
        Contract contract, string connectionString, SourceLocation location, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            var snapshot = location.Snapshot is { } name ? $"set transaction snapshot '{name}'; " : "";
            await ExecuteAsync(connection, $"begin transaction isolation level repeatable read read only; {snapshot}{Settings}; {RawBytes}", cancellationToken);
            var columns = await ReadTypedColumnsAsync(contract, connection, cancellationToken);
            contract = ColumnMap.Extend(contract, columns.Select(c => c.Name));
            var table = new PostgresTable(contract, columns, (location.Since, location.Until));
            var (count, hash) = await table.InspectAsync(connection, cancellationToken);
            var stream = await connection.BeginRawBinaryCopyAsync(table.CopyCommand, cancellationToken);
            return new PostgresRecordReader(contract, connection, new BinaryRows(stream, contract.Fields.Count), table.Fields, count, hash);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    internal static async Task<IReadOnlyList<string>> ReadColumnsAsync(Contract contract, NpgsqlConnection connection, CancellationToken cancellationToken) =>
        [.. (await ReadTypedColumnsAsync(contract, connection, cancellationToken)).Select(c => c.Name)];

    private static async Task<IReadOnlyList<(string Name, uint Type)>> ReadTypedColumnsAsync(
        Contract contract, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select * from {QuotedTable(contract)} limit 0", connection);
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SchemaOnly, cancellationToken);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), reader.GetPostgresType(i).OID))];
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static string QuotedTable(Contract contract) =>
        string.Join('.', contract.Options.Table.Split('.').Select(SqlIdentifier.Quote));
}
