using Ingestion.Connectors.Files;
using Ingestion.Connectors.Json;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Http;

/// <summary>Reads the numbered records of an HTTP API from the file of its pages. The file is deleted at the end.</summary>
internal sealed class HttpRecordReader(DataFile file, Contract contract, HttpOptions options, DirectoryInfo folder) : NdjsonReader(file, contract)
{
    public override string SourceName { get; } = HttpCalls.Shown(options.Url);

    /// <summary>Subtracts the blank line at the start of the file.</summary>
    public override long Line => base.Line - 1;

    public override SourceSpan Span => SourceSpan.WholeFile($"{SourceName}, record {Line}");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
