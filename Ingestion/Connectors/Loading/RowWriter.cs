using Ingestion.Connectors.Values;
using Models.Compiler.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Ingestion.Connectors.Loading;

/// <summary>Writes checked rows of one batch by binary COPY, the metadata after the fields.</summary>
internal sealed class RowWriter(NpgsqlBinaryImporter importer, Contract contract, Guid batchId, string source, DateTime processingTime)
{
    private readonly FieldKind[] _kinds = [.. contract.Fields.Select(f => f.Type.Kind)];

    public static string CopyCommand(RawTable table, Contract contract)
    {
        var columns = contract.Columns.Select(c => Models.Compiler.Graph.Relation.Quote(c.Name));
        return $"copy {table.QuotedName} ({string.Join(", ", columns)}) from stdin (format binary)";
    }

    public async ValueTask WriteAsync(FieldValue[] row, long line, string entityId, CancellationToken cancellationToken)
    {
        await importer.StartRowAsync(cancellationToken);
        for (var i = 0; i < row.Length; i++)
            await ValueWriter.WriteAsync(importer, row[i], _kinds[i], cancellationToken);

        await importer.WriteAsync(batchId, NpgsqlDbType.Uuid, cancellationToken);
        await importer.WriteAsync(source, NpgsqlDbType.Text, cancellationToken);
        await importer.WriteAsync(line, NpgsqlDbType.Bigint, cancellationToken);
        await importer.WriteAsync(processingTime, NpgsqlDbType.TimestampTz, cancellationToken);
        await importer.WriteAsync(entityId, NpgsqlDbType.Text, cancellationToken);
    }
}
