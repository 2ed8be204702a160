using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Parquet;

namespace Ingestion.Connectors.Parquet;

/// <summary>Reads Parquet files of flat columns (https://parquet.apache.org/docs/file-format), one row group at a time.</summary>
internal sealed class ParquetConnector : IConnector
{
    private const string Kind = "parquet";

    public string Format => Kind;

    public IReadOnlyList<string> FileEndings => [".parquet"];

    public async Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        var file = await DataFile.OpenBinaryAsync(contract, location, cancellationToken);
        try
        {
            var options = new ParquetOptions { UseBigDecimal = true, UseDateOnlyTypeForDates = true, TreatByteArrayAsString = false };
            var reader = await TypedRecordReader.GuardAsync(
                file.Path, Kind, async () => await ParquetReader.CreateAsync(file.Content, options, leaveStreamOpen: true, cancellationToken));
            contract = ColumnMap.Extend(contract, reader.Schema.Fields.Select(f => f.Name));
            return new ParquetRecordReader(file, contract, reader, Map(file.Path, contract, reader));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>For each field of the contract its column; null if the file does not have it.</summary>
    private static ParquetColumn?[] Map(string path, Contract contract, ParquetReader reader)
    {
        var fields = reader.Schema.Fields;
        var positions = ColumnMap.Create(contract, [.. fields.Select(f => f.Name)], SourceSpan.WholeFile(path));
        return [.. positions.Select(position => position < 0 ? null : Column(position))];

        ParquetColumn Column(int position) =>
            fields[position] is global::Parquet.Schema.DataField field && ParquetColumn.For(field) is { } column
                ? column
                : throw new DiagnosticException(IngestionDiagnostics.UnsupportedColumn(path, fields[position].Name, Kind));
    }
}
