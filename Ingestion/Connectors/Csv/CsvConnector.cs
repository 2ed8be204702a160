using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Contracts;

namespace Ingestion.Connectors.Csv;

/// <summary>Reads CSV files: RFC 4180 with any separator, line ending and encoding, quoted or not.</summary>
internal sealed class CsvConnector : IConnector
{
    public string Format => "csv";

    public IReadOnlyList<string> FileEndings => [".csv", ".tsv", ".txt"];

    public async Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        var file = await DataFile.OpenAsync(contract, location, cancellationToken);
        try
        {
            var layout = CsvLayoutDetector.Detect(await ReadSampleAsync(file, cancellationToken), contract, file.Path);
            await file.RewindAsync(cancellationToken);
            return new CsvRecordReader(file, layout);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async Task<string> ReadSampleAsync(DataFile file, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(file.Content, file.Inspection.Encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 4096, leaveOpen: true);
        var sample = new char[CsvLayoutDetector.SampleLength];
        var length = await reader.ReadBlockAsync(sample, cancellationToken);
        return new string(sample, 0, length);
    }
}
