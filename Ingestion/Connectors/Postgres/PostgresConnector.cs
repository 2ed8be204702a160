using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;
using NpgsqlTypes;

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
            var columns = await ReadColumnsAsync(contract, connection, cancellationToken);
            contract = ColumnMap.Extend(contract, columns);
            var range = (location.Since, location.Until);
            var query = Query(contract, columns, range);
            var (count, hash) = await HashAsync(connection, query, range, cancellationToken);
            await using var command = Command(connection, query, range);
            return new PostgresRecordReader(contract, connection, await command.ExecuteReaderAsync(cancellationToken), count, hash);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Selects for each field its column as text, or null if the table does not have it; with cursors, only rows of their range.</summary>
    private static string Query(Contract contract, IReadOnlyList<string> columns, (string? Since, string? Until) range)
    {
        var map = ColumnMap.Create(contract, columns, contract.Span);
        var values = map.Select((column, field) => $"{(column < 0 ? "null" : SqlIdentifier.Quote(columns[column]))}::text as c{field}");
        var query = $"select {string.Join(", ", values)} from {QuotedTable(contract)}";
        if (range.Since is null)
            return query;

        var cursor = contract.Fields.Index().First(f => f.Item.Name == contract.Cursor);
        var column = SqlIdentifier.Quote(columns[map[cursor.Index]]);
        var type = cursor.Item.Type.Name;
        return $"{query} where {column} >= $1::{type}{(range.Until is null ? "" : $" and {column} < $2::{type}")}";
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, (string? Since, string? Until) range)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var cursor in new[] { range.Since, range.Until }.OfType<string>())
            command.Parameters.Add(new NpgsqlParameter { Value = cursor, NpgsqlDbType = NpgsqlDbType.Text });
        return command;
    }

    internal static async Task<IReadOnlyList<string>> ReadColumnsAsync(Contract contract, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select * from {QuotedTable(contract)} limit 0", connection);
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SchemaOnly, cancellationToken);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    /// <summary>The server sums the hashes of the rows, so that the result does not depend on their order and nothing is stored.</summary>
    private static async Task<(long Count, string Hash)> HashAsync(
        NpgsqlConnection connection, string query, (string? Since, string? Until) range, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection,
            $"select count(*), sum(hashtextextended(t::text, 0)::numeric)::text, sum(hashtextextended(t::text, 1)::numeric)::text from ({query}) t",
            range);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var count = reader.GetInt64(0);
        var text = string.Create(CultureInfo.InvariantCulture, $"{count} {reader[1]} {reader[2]}");
        return (count, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static string QuotedTable(Contract contract) =>
        string.Join('.', contract.Options.Table.Split('.').Select(SqlIdentifier.Quote));
}
