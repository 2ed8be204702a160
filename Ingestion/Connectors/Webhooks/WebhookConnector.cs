using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Webhooks;

/// <summary>The connector of events that other programs send. They come to the worker and are read by the loader, so that there is nothing to open.</summary>
internal sealed class WebhookConnector : IConnector
{
    public const string FormatName = "webhook";

    public string Format => FormatName;

    public Task<RecordReader> OpenAsync(Contract contract, SourceLocation location, CancellationToken cancellationToken) =>
        throw new DiagnosticException(WebhookDiagnostics.NoSource(contract.Span, contract.Name));
}
