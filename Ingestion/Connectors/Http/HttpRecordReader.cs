using Ingestion.Connectors.Files;
using Ingestion.Connectors.Json;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Http;

/// <summary>The records of an HTTP API, numbered as they came, from the file that its pages were written to. The file is deleted at the end.</summary>
internal sealed class HttpRecordReader(DataFile file, Contract contract, HttpOptions options, DirectoryInfo folder) : NdjsonReader(file, contract)
{
    public override string SourceName { get; } = HttpCalls.Shown(options.Url);

    /// <summary>The file begins with a blank line.</summary>
    public override long Line => base.Line - 1;

    public override SourceSpan Span => SourceSpan.WholeFile($"{SourceName}, record {Line}");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
