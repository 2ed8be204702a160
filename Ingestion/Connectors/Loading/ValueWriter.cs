using Ingestion.Connectors.Values;
using Models.Compiler.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace Ingestion.Connectors.Loading;

/// <summary>Writes one checked value by binary COPY, without boxing it.</summary>
internal static class ValueWriter
{
    public static Task WriteAsync(NpgsqlBinaryImporter importer, in FieldValue value, FieldKind kind, CancellationToken cancellationToken)
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
