using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Contracts;

namespace Ingestion.Connectors.Json;

/// <summary>Reads a file with one JSON object per line (https://jsonlines.org).</summary>
internal sealed class NdjsonConnector : IConnector
{
    public string Format => "ndjson";

    public IReadOnlyList<string> FileEndings => [".ndjson", ".jsonl"];

    public async Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken) =>
        new NdjsonReader(await DataFile.OpenAsync(contract, location, cancellationToken), contract);
}
