using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Contracts;

namespace Ingestion.Connectors.Json;

/// <summary>Reads a file that is one JSON array of objects.</summary>
internal sealed class JsonArrayConnector : IConnector
{
    public string Format => "json";

    public IReadOnlyList<string> FileEndings => [".json"];

    public async Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken) =>
        new JsonArrayReader(await DataFile.OpenAsync(contract, location, cancellationToken), contract);
}
