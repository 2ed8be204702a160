using Npgsql;
using Serving.Console.Catalog;
using Serving.Console.Reads;

namespace Serving.Console.Marts;

/// <summary>Reads the rows of a mart as they are.</summary>
internal sealed class MartReader(WarehouseReader warehouse, NpgsqlDataSource source)
{
    private const int BufferSize = 16 * 1024;

    public string Relation(CatalogNode mart) => warehouse.Relation(mart.CustomSchema, mart.Alias);

    /// <param name="mart">A relation whose name comes from the manifest.</param>
    /// <param name="sort">One of the mart's columns; the first where there is no such one.</param>
    /// <param name="isDescending">From the largest down.</param>
    /// <param name="offset">Rows left out.</param>
    /// <param name="count">Rows at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public Task<Reading<MartRows>> ReadAsync(
        CatalogNode mart, string? sort, bool isDescending, long offset, int count, CancellationToken cancellationToken) => warehouse.TryAsync(
        async token =>
        {
            var order = mart.Columns.Any(column => column.Name == sort) ? $"{Quote(sort!)} {(isDescending ? "desc" : "asc")} nulls last" : "1";
            var total = await warehouse.ListAsync($"select count(*) from {Relation(mart)}", reader => reader.GetInt64(0), token);
            IReadOnlyList<string> columns = [];
            var rows = await warehouse.ListAsync(
                $"select * from {Relation(mart)} order by {order} limit $1 offset $2",
                reader =>
                {
                    if (columns.Count == 0)
                        columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
                    return (IReadOnlyList<object?>)[.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))];
                },
                token, count, offset);
            return new MartRows(columns, rows, total[0]);
        },
        cancellationToken);

    /// <summary>Writes the whole mart as CSV (https://www.postgresql.org/docs/current/sql-copy.html), however large it is.</summary>
    public async Task WriteCsvAsync(CatalogNode mart, Stream destination, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        using var rows = await connection.BeginTextExportAsync(
            $"copy (select * from {Relation(mart)} order by 1) to stdout (format csv, header)", cancellationToken);
        await using var writer = new StreamWriter(destination, leaveOpen: true);
        var buffer = new char[BufferSize];
        while (await rows.ReadBlockAsync(buffer, cancellationToken) is > 0 and var count)
            await writer.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <param name="Total">Rows of the whole mart.</param>
internal sealed record MartRows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, long Total);
