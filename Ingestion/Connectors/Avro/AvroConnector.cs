using Avro;
using Avro.File;
using Avro.Generic;
using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Avro;

/// <summary>Reads Avro object container files of records (https://avro.apache.org/docs/1.12.0/specification), block by block.</summary>
internal sealed class AvroConnector : IConnector
{
    internal const string Kind = "avro";

    public string Format => Kind;

    public IReadOnlyList<string> FileEndings => [".avro"];

    public async Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        var file = await DataFile.OpenBinaryAsync(contract, location, cancellationToken);
        try
        {
            var reader = await TypedRecordReader.GuardAsync(
                file.Path, Kind, () => ValueTask.FromResult(DataFileReader<GenericRecord>.OpenReader(file.Content)));
            var span = SourceSpan.WholeFile(file.Path);
            if (reader.GetSchema() is not RecordSchema schema)
                throw new DiagnosticException(IngestionDiagnostics.Damaged(file.Path, Kind, $"it holds values of type {reader.GetSchema().Name}, not records"));

            var fields = schema.Fields;
            contract = ColumnMap.Extend(contract, fields.Select(f => f.Name));
            return new AvroRecordReader(
                file, contract, reader, [.. ColumnMap.Create(contract, [.. fields.Select(f => f.Name)], span).Select(p => p < 0 ? null : fields[p])]);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
