using System.Collections.Concurrent;
using Ingestion.Connectors.Postgres;
using Models.Contracts;
using Models.Diagnostics;
using Npgsql;

namespace Ingestion.Connectors.Lake;

/// <summary>What is extracted from a database into a lake.</summary>
/// <param name="Span">Where the step declares it.</param>
/// <param name="Connection">The name of the connection string.</param>
public sealed record ExtractRequest(SourceSpan Span, string Connection)
{
    /// <summary>The tables, with or without schema; empty for all of <see cref="Schema"/>.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    public string Schema { get; init; } = "public";

    /// <summary>Tables that are read at the same time.</summary>
    public int Parallel { get; init; } = 2;

    /// <summary>How many files of a table are kept, the new one included.</summary>
    public int Keep { get; init; } = 10;

    /// <summary>The connector that will read the files.</summary>
    public string Format { get; init; } = "ndjson";
}

/// <summary>A table that was extracted.</summary>
/// <param name="File">The file.</param>
/// <param name="Rows">Its rows.</param>
public sealed record ExtractedTable(LakeFile File, long Rows);

/// <summary>
/// Writes tables of a PostgreSQL database into a folder, one file a table, all in one snapshot of the database. A file appears under its name when it is
/// complete.
/// </summary>
public sealed class LakeExtract(TimeProvider time)
{
    private const string Unfinished = ".part";

    /// <param name="request">What is extracted.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="folder">The full path of the folder; it is created if it does not exist.</param>
    /// <param name="cancellationToken">Cancels; complete files stay.</param>
    /// <exception cref="DiagnosticException">The database refuses, or a table does not exist.</exception>
    public async Task<IReadOnlyList<ExtractedTable>> RunAsync(
        ExtractRequest request, string connectionString, string folder, CancellationToken cancellationToken)
    {
        connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
        Directory.CreateDirectory(folder);
        await using var connection = new NpgsqlConnection(connectionString);
        var (tables, snapshot) = await GuardAsync(request, "The tables", async () =>
        {
            await connection.OpenAsync(cancellationToken);
            var found = request.Tables.Count > 0 ? request.Tables : await ListAsync(connection, request.Schema, cancellationToken);
            await ExecuteAsync(connection, "begin transaction isolation level repeatable read read only", cancellationToken);
            await using var export = new NpgsqlCommand("select pg_export_snapshot()", connection);
            return (found, (string)(await export.ExecuteScalarAsync(cancellationToken))!);
        });
        if (tables.Count == 0)
            throw new DiagnosticException(LakeDiagnostics.NoTables(request.Span, request.Schema, request.Connection));

        var extractedAt = time.GetUtcNow();
        var extracted = new ConcurrentDictionary<string, ExtractedTable>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = request.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(tables, parallel, async (table, token) =>
        {
            var file = LakeFile.For(Shown(table), extractedAt, request.Format);
            var rows = await GuardAsync(request, $"The table '{table}'", () => WriteAsync(connectionString, snapshot, table, file, folder, token));
            extracted[table] = new ExtractedTable(file, rows);
        });
        foreach (var old in LakeFile.List(folder).Where(t => tables.Any(e => Shown(e) == t.Key)).SelectMany(t => t.Skip(request.Keep)))
            File.Delete(Path.Combine(folder, old.Name));

        return [.. tables.Select(t => extracted[t])];
    }

    /// <summary>The name of a table in the lake: without the schema that tables are in by default.</summary>
    private static string Shown(string table) => table.StartsWith("public.", StringComparison.Ordinal) ? table["public.".Length..] : table;

    private static async Task<IReadOnlyList<string>> ListAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition
            order by 1
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = schema });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            tables.Add(schema == "public" ? reader.GetString(0) : $"{schema}.{reader.GetString(0)}");

        return tables;
    }

    private static async Task<long> WriteAsync(
        string connectionString, string snapshot, string table, LakeFile file, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, file.Name);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(
            connection,
            $"begin transaction isolation level repeatable read read only; set transaction snapshot '{snapshot}'; set local timezone = 'UTC'; " +
            "set local extra_float_digits = 1",
            cancellationToken);
        var unfinished = path + Unfinished;
        try
        {
            var rows = file.Format == "parquet"
                ? await ParquetExport.WriteAsync(connection, QuotedTable(table), unfinished, cancellationToken)
                : await NdjsonExport.WriteAsync(connection, QuotedTable(table), unfinished, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
            return rows;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static string QuotedTable(string table) => string.Join('.', table.Split('.').Select(SqlIdentifier.Quote));

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<T> GuardAsync<T>(ExtractRequest request, string what, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (
            exception is NpgsqlException or IOException or UnauthorizedAccessException or InvalidCastException or OverflowException)
        {
            throw new DiagnosticException(
                LakeDiagnostics.ExtractFailed(request.Span, what, request.Connection, PostgresConnector.Reason(exception)), exception);
        }
    }
}
