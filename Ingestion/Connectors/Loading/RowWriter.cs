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
            await WriteAsync(row[i], _kinds[i], cancellationToken);

        await importer.WriteAsync(batchId, NpgsqlDbType.Uuid, cancellationToken);
        await importer.WriteAsync(source, NpgsqlDbType.Text, cancellationToken);
        await importer.WriteAsync(line, NpgsqlDbType.Bigint, cancellationToken);
        await importer.WriteAsync(processingTime, NpgsqlDbType.TimestampTz, cancellationToken);
        await importer.WriteAsync(entityId, NpgsqlDbType.Text, cancellationToken);
    }

    private Task WriteAsync(in FieldValue value, FieldKind kind, CancellationToken cancellationToken)
    {
        if (value.IsNull)
            return importer.WriteNullAsync(cancellationToken);

        return kind switch
        {
            FieldKind.Text => importer.WriteAsync(value.Text!, NpgsqlDbType.Text, cancellationToken),
            FieldKind.Boolean => importer.WriteAsync(value.AsBoolean, NpgsqlDbType.Boolean, cancellationToken),
            FieldKind.SmallInt => importer.WriteAsync((short)value.Whole, NpgsqlDbType.Smallint, cancellationToken),
            FieldKind.Integer => importer.WriteAsync((int)value.Whole, NpgsqlDbType.Integer, cancellationToken),
            FieldKind.BigInt => importer.WriteAsync(value.Whole, NpgsqlDbType.Bigint, cancellationToken),
            FieldKind.Numeric => importer.WriteAsync(value.Exact, NpgsqlDbType.Numeric, cancellationToken),
            FieldKind.Real => importer.WriteAsync((float)value.Floating, NpgsqlDbType.Real, cancellationToken),
            FieldKind.Double => importer.WriteAsync(value.Floating, NpgsqlDbType.Double, cancellationToken),
            FieldKind.Date => importer.WriteAsync(value.AsDate, NpgsqlDbType.Date, cancellationToken),
            FieldKind.Timestamp => importer.WriteAsync(value.AsTimestamp, NpgsqlDbType.Timestamp, cancellationToken),
            FieldKind.TimestampTz => importer.WriteAsync(value.AsUtc, NpgsqlDbType.TimestampTz, cancellationToken),
            FieldKind.Uuid => importer.WriteAsync(Guid.Parse(value.Text!), NpgsqlDbType.Uuid, cancellationToken),
            FieldKind.Json => importer.WriteAsync(value.Text!, NpgsqlDbType.Json, cancellationToken),
            FieldKind.Jsonb => importer.WriteAsync(value.Text!, NpgsqlDbType.Jsonb, cancellationToken),
            _ => throw new InvalidOperationException($"No writer for {kind}"),
        };
    }
}
