using Ingestion.Connectors.Database;
using Ingestion.Connectors.Values;
using Models.Contracts;

namespace Ingestion.Connectors.Loading;

/// <summary>Writes the validated rows of one batch: the fields, then the metadata.</summary>
internal sealed class RowWriter(BinaryCopy copy, Contract contract, Guid batchId, string source, DateTime processingTime)
{
    private readonly FieldKind[] _kinds = [.. contract.Fields.Select(f => f.Type.Kind)];
    private readonly int _count = contract.Fields.Count + MetadataColumns.All.Count;

    /// <param name="table">The table to fill, quoted.</param>
    /// <param name="contract">The contract with its columns.</param>
    public static string CopyCommand(string table, Contract contract)
    {
        var columns = contract.Fields.Select(f => f.Name).Concat(MetadataColumns.All.Select(c => c.Name)).Select(SqlIdentifier.Quote);
        return $"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)";
    }

    /// <summary>Starts a row, which <see cref="Write"/> then fills.</summary>
    public ValueTask StartAsync(CancellationToken cancellationToken) => copy.StartRowAsync(_count, cancellationToken);

    public void Write(ReadOnlySpan<FieldValue> row, long line, string entityId)
    {
        for (var i = 0; i < row.Length; i++)
            copy.Write(row[i], _kinds[i]);

        copy.Write(batchId);
        copy.Write(source);
        copy.Write(line);
        copy.Write(processingTime);
        copy.Write(entityId);
    }
}
