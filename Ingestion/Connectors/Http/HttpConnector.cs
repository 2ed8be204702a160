using Ingestion.Connectors.Files;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Http;

/// <summary>
/// Reads JSON records of an HTTP API page by page. All pages are first written to a file, so that the whole content is known and can be compared with
/// the previous load, and an API that fails midway loads nothing.
/// </summary>
internal sealed class HttpConnector : IConnector
{
    private const string FileName = "pages.ndjson";

    public string Format => "http";

    public async Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken)
    {
        if (contract.Options.Http is not { } options)
            throw new DiagnosticException(IngestionDiagnostics.MissingOption(contract.Span, contract.Name, contract.Format, "options: {url: https://...}"));

        var folder = Directory.CreateTempSubdirectory("leadline-http-");
        try
        {
            await DownloadAsync(contract, options, location, Path.Combine(folder.FullName, FileName), cancellationToken);
            var spooled = contract with { Options = contract.Options with { File = FileName, Encoding = "utf-8" } };
            return new HttpRecordReader(await DataFile.OpenAsync(spooled, new SourceLocation(folder.FullName), cancellationToken), spooled, options, folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    private static async Task DownloadAsync(Contract contract, HttpOptions options, SourceLocation location, string path, CancellationToken cancellationToken)
    {
        var limit = contract.Options.MaxUnpackedMegabytes * 1024L * 1024L;
        using var calls = new HttpCalls(contract, options, location.Secrets, location.Time);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024, FileOptions.Asynchronous);
        // so that an API without records is an empty source, not an empty file
        file.WriteByte((byte)'\n');
        await foreach (var record in new HttpPages(contract, options, calls, location.Since).ReadAsync(cancellationToken))
        {
            await file.WriteAsync(record, cancellationToken);
            file.WriteByte((byte)'\n');
            if (file.Length > limit)
            {
                throw new DiagnosticException(IngestionDiagnostics.UnpacksTooFar(
                    HttpCalls.Shown(options.Url), contract.Options.MaxUnpackedMegabytes, contract.Span.File));
            }
        }
    }
}
