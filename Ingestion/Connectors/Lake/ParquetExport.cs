using Models.Contracts;
using Npgsql;
using Parquet;
using Parquet.Schema;

namespace Ingestion.Connectors.Lake;

/// <summary>
/// Writes a table as a Parquet file. Types that Parquet has keep them; every other value, and a numeric without a precision that Parquet's decimal has,
/// is written as its text.
/// </summary>
internal static class ParquetExport
{
    private const int GroupRows = 50_000;

    /// <returns>The number of rows.</returns>
    public static async Task<long> WriteAsync(NpgsqlConnection connection, string table, string path, CancellationToken cancellationToken)
    {
        var columns = await DescribeAsync(connection, table, cancellationToken);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var schema = new ParquetSchema(columns.Select(c => c.Field));
        await using var writer = await ParquetWriter.CreateAsync(
            schema, file, new ParquetOptions { UseBigDecimal = false }, cancellationToken: cancellationToken);
        var list = string.Join(", ", columns.Select(c => c.IsText ? $"{SqlIdentifier.Quote(c.Field.Name)}::text" : SqlIdentifier.Quote(c.Field.Name)));
        await using var command = new NpgsqlCommand($"select {list} from {table}", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = 0L;
        var pending = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < columns.Count; i++)
                columns[i].Add(reader, i);
            rows++;
            if (++pending == GroupRows)
                await FlushAsync();
        }

        if (pending > 0)
            await FlushAsync();
        return rows;

        async Task FlushAsync()
        {
            using var group = writer.CreateRowGroup();
            foreach (var column in columns)
                await column.WriteAsync(group);
            pending = 0;
        }
    }

    private static async Task<IReadOnlyList<ParquetExportColumn>> DescribeAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select * from {table} limit 0", connection);
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SchemaOnly, cancellationToken);
        var columns = await reader.GetColumnSchemaAsync(cancellationToken);
        return [.. columns.Select(c => ParquetExportColumn.For(c.ColumnName, c.DataTypeName, c.NumericPrecision, c.NumericScale))];
    }
}
