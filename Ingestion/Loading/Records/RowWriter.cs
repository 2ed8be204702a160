using System.Buffers.Binary;
using System.Text;
using Ingestion.Connectors.Database;
using Ingestion.Connectors.Values;
using Models.Contracts;

namespace Ingestion.Loading.Records;

/// <summary>Writes the validated rows of one batch: the fields, then the metadata.</summary>
internal sealed class RowWriter(BinaryCopy copy, Contract contract, Guid batchId, string source, DateTime processingTime)
{
    private readonly FieldKind[] _kinds = [.. contract.Fields.Select(f => f.Type.Kind)];
    private readonly int _count = contract.Fields.Count + MetadataColumns.All.Count;

    private readonly byte[] _start = Encode(batchId, source);

    /// <param name="table">The table to fill, quoted.</param>
    /// <param name="contract">The contract with its columns.</param>
    public static string CopyCommand(string table, Contract contract)
    {
        var columns = contract.Fields.Select(f => f.Name).Concat(MetadataColumns.All.Select(c => c.Name)).Select(SqlIdentifier.Quote);
        return $"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)";
    }

    /// <summary>Starts a row, which <see cref="Write"/> then fills.</summary>
    public ValueTask StartAsync(CancellationToken cancellationToken) => copy.StartRowAsync(_count, cancellationToken);

    public void Write(ReadOnlySpan<FieldValue> row, long line, ReadOnlySpan<byte> entityId)
    {
        for (var i = 0; i < row.Length; i++)
            copy.Write(row[i], _kinds[i]);

        copy.WriteEncoded(_start);
        copy.Write(line);
        copy.Write(processingTime);
        copy.Write(entityId);
    }

    /// <summary>The metadata that all rows of a batch begin with, in the format of COPY.</summary>
    private static byte[] Encode(Guid batchId, string source)
    {
        const int UuidBytes = 16;
        var text = Encoding.UTF8.GetBytes(source);
        var encoded = new byte[sizeof(int) + UuidBytes + sizeof(int) + text.Length];
        BinaryPrimitives.WriteInt32BigEndian(encoded, UuidBytes);
        batchId.TryWriteBytes(encoded.AsSpan(sizeof(int)), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(encoded.AsSpan(sizeof(int) + UuidBytes), text.Length);
        text.CopyTo(encoded, encoded.Length - text.Length);
        return encoded;
    }
}
