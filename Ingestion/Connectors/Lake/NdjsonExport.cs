using System.Buffers;
using Npgsql;

namespace Ingestion.Connectors.Lake;

/// <summary>Writes a table as one JSON object a line. The server makes the objects, so that numbers keep every digit.</summary>
internal static class NdjsonExport
{
    private const int BufferBytes = 256 * 1024;

    /// <returns>The number of rows.</returns>
    public static async Task<long> WriteAsync(NpgsqlConnection connection, string table, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous);
        await using var command = new NpgsqlCommand($"select row_to_json(t)::text from {table} t", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, cancellationToken);
        var rows = 0L;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                await using (var record = await reader.GetStreamAsync(0, cancellationToken))
                {
                    for (int count; (count = await record.ReadAsync(buffer, cancellationToken)) > 0;)
                        await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }

                file.WriteByte((byte)'\n');
                rows++;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // a table without rows is an empty source, not a file that was cut off
        if (rows == 0)
            file.WriteByte((byte)'\n');
        await file.FlushAsync(cancellationToken);
        return rows;
    }
}
