using Ingestion.Connectors.Webhooks;
using Ingestion.Loading.Webhooks;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Settings;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Models.Diagnostics;

namespace Ingestion.Worker.Api;

/// <summary>Takes the events of streams whose contract has the format <c>webhook</c>. An event is stored before it is accepted.</summary>
internal static class WebhookApi
{
    private const string KeyHeader = "Idempotency-Key";

    // A page of another site cannot send JSON without being asked for leave first, so that the client header is not needed.
    public static void MapWebhookApi(this IEndpointRouteBuilder app) =>
        app.MapPost("/webhooks/{table}", TakeAsync).RequireScope(ApiScope.Send);

    private static async Task<Results<Accepted<EventsView>, ProblemHttpResult>> TakeAsync(
        string table, HttpRequest request, WebhookStore store, StreamCatalog streams, ApiText text, CancellationToken cancellationToken)
    {
        try
        {
            if (streams.Find(table) is not { } stream)
                return text.UnknownStream(table, streams);
            if (stream.Contract.Format != WebhookStore.Format)
                return Refused(StatusCodes.Status409Conflict, $"The stream '{table}' has the format {stream.Contract.Format}; only a webhook takes events.");
            if (!request.HasJsonContentType())
                return Refused(StatusCodes.Status415UnsupportedMediaType, "Send JSON, with 'Content-Type: application/json'.");

            var limit = stream.Contract.Options.MaxRequestKilobytes * 1024L;
            if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = limit;
            var events = await WebhookEvents.ReadAsync(stream.Contract, request.Body, request.Headers[KeyHeader].FirstOrDefault(), cancellationToken);
            var added = await store.AddAsync(stream.Contract, events, cancellationToken);
            return TypedResults.Accepted("/streams", new EventsView(table, added, events.Keys.Count - added));
        }
        catch (BadHttpRequestException exception)
        {
            return Refused(
                exception.StatusCode,
                exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? $"The request is larger than the stream '{table}' accepts; send fewer events at once, or raise 'max_request_kb' in its contract."
                    : exception.Message);
        }
        catch (WebhookException exception)
        {
            return Refused(StatusCodes.Status400BadRequest, $"Nothing is stored: {exception.Message}.");
        }
        catch (DiagnosticException mistake)
        {
            return text.Refused(mistake);
        }
    }

    private static ProblemHttpResult Refused(int status, string reason) => TypedResults.Problem(reason, statusCode: status);
}

/// <summary>What became of the events of a request.</summary>
/// <param name="Table">The table that a load writes them to.</param>
/// <param name="Accepted">The events that are new.</param>
/// <param name="Repeated">The events that were sent before.</param>
internal sealed record EventsView(string Table, int Accepted, int Repeated);
