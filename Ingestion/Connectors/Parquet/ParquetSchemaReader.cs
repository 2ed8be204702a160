using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Ingestion.Connectors.Parquet;

/// <summary>Reads the columns of a Parquet file as types of contracts.</summary>
internal static class ParquetSchemaReader
{
    private const string Kind = "parquet";

    /// <exception cref="DiagnosticException">The file is damaged, or a column has a type that no contract has.</exception>
    public static async Task<IReadOnlyList<(string Name, FieldType? Type)>> ReadAsync(
        Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        await using var file = await DataFile.OpenBinaryAsync(contract, location, cancellationToken);
        var options = new ParquetOptions { UseBigDecimal = true, UseDateOnlyTypeForDates = true, TreatByteArrayAsString = false };
        await using var reader = await TypedRecordReader.GuardAsync(
            file.Path, Kind, async () => await ParquetReader.CreateAsync(file.Content, options, leaveStreamOpen: true, cancellationToken));
        return
        [
            .. reader.Schema.Fields.Select(f => f is DataField field && TypeOf(field) is { } name && FieldType.TryParse(name, out var type)
                ? (f.Name, (FieldType?)type)
                : throw new DiagnosticException(IngestionDiagnostics.UnsupportedColumn(file.Path, f.Name, Kind))),
        ];
    }

    private static string? TypeOf(DataField field)
    {
        if (field.IsArray)
            return null;

        return Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Boolean => "boolean",
            TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 => "smallint",
            TypeCode.UInt16 or TypeCode.Int32 => "integer",
            TypeCode.UInt32 or TypeCode.Int64 => "bigint",
            TypeCode.UInt64 or TypeCode.Decimal => "numeric",
            TypeCode.Single => "real",
            TypeCode.Double => "double precision",
            TypeCode.DateTime => field is DateTimeDataField { IsAdjustedToUTC: true } ? "timestamptz" : "timestamp",
            TypeCode.String => "text",
            _ when field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(TimeSpan) || field.ClrType == typeof(TimeOnly) => "text",
            _ when field.ClrType == typeof(BigDecimal) => "numeric",
            _ when field.ClrType == typeof(DateOnly) => "date",
            _ when field.ClrType == typeof(Guid) => "uuid",
            _ => null,
        };
    }
}
