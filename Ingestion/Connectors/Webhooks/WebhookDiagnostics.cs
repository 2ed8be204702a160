using Models.Diagnostics;

namespace Ingestion.Connectors.Webhooks;

/// <summary>Streams of events that cannot be loaded: MDL6264 and following.</summary>
public static class WebhookDiagnostics
{
    private static readonly DiagnosticDescriptor NeedsAppendDescriptor = Error(
        "MDL6264", "Contract '{0}' has the format webhook, whose events are appended; remove 'sync_mode' and 'cursor', and keep the newest row of each key " +
        "in a staging model");
    private static readonly DiagnosticDescriptor NoSourceDescriptor = Error(
        "MDL6265", "Contract '{0}' has the format webhook, whose events are sent to the worker (POST /webhooks/{0}); there is no source to read");

    public static Diagnostic NeedsAppend(SourceSpan span, string contract) => Diagnostic.Create(NeedsAppendDescriptor, span, contract);

    public static Diagnostic NoSource(SourceSpan span, string contract) => Diagnostic.Create(NoSourceDescriptor, span, contract);

    private static DiagnosticDescriptor Error(string id, string format) => new(id, DiagnosticSeverity.Error, format);
}
