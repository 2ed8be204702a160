using Ingestion.Connectors.Sources;
using Ingestion.Loading.Replication;
using Ingestion.Loading.Streams;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Settings;
using Ingestion.Worker.Steps;
using Microsoft.AspNetCore.Http.HttpResults;
using Models.Contracts;
using Models.Diagnostics;
using ServiceDefaults.Security;

namespace Ingestion.Worker.Api;

/// <summary>The streams over HTTP: their states, and requests that their next load fulfils.</summary>
internal static class StreamApi
{
    public static void MapStreamApi(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/streams").RequireScope(ApiScope.Read);
        read.MapGet("/", ListAsync);

        var run = app.MapGroup("/streams").RequireClientHeader().RequireScope(ApiScope.Run);
        run.MapPost("/{table}/reset", ResetAsync);
        run.MapPost("/{table}/rewind", RewindAsync);
        run.MapPost("/{table}/backfill", BackfillAsync);
        run.MapPost("/{table}/drop", DropAsync);
    }

    private static async Task<Results<Ok<List<StreamSummary>>, ProblemHttpResult>> ListAsync(
        StreamStore store, StreamCatalog streams, ApiText text, CancellationToken cancellationToken)
    {
        try
        {
            var states = (await store.ListAsync(cancellationToken)).ToLookup(s => s.Table);
            var changes = (await store.ListChangesAsync(cancellationToken)).ToLookup(c => c.Table);
            return TypedResults.Ok(streams.All().Select(s => new StreamSummary(
                s.Contract.Name,
                s.Pipeline.Name,
                s.Contract.Format,
                s.Contract.SyncMode.Name(),
                [.. states[s.Contract.Name]],
                [.. changes[s.Contract.Name].Select(ChangeView.Of)])).ToList());
        }
        catch (DiagnosticException mistake)
        {
            return text.Refused(mistake);
        }
    }

    private static Task<Results<Accepted<ChangeView>, ProblemHttpResult>> ResetAsync(
        string table, StreamStore store, StreamCatalog streams, ApiText text, CancellationToken cancellationToken) =>
        RequestAsync(table, streams, text, contract => store.ResetAsync(contract, cancellationToken));

    private static async Task<Results<Accepted<ChangeView>, ProblemHttpResult>> RewindAsync(
        string table, string? to, StreamStore store, StreamCatalog streams, ApiText text, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(to)
            ? Missing("to", "the cursor to rewind to")
            : await RequestAsync(table, streams, text, contract => store.RewindAsync(contract, to, cancellationToken));

    private static async Task<Results<Accepted<ChangeView>, ProblemHttpResult>> BackfillAsync(
        string table, string? from, string? to, StreamStore store, StreamCatalog streams, ApiText text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(from))
            return Missing("from", "the first cursor of the range");
        if (string.IsNullOrWhiteSpace(to))
            return Missing("to", "the cursor at which the range ends, exclusive");

        return await RequestAsync(table, streams, text, contract => store.BackfillAsync(contract, from, to, cancellationToken));
    }

    private static async Task<Results<Ok<DropView>, ProblemHttpResult>> DropAsync(
        string table,
        ReplicationSlots slots,
        StreamCatalog streams,
        SourceConnections connections,
        DataFolder data,
        ApiText text,
        CancellationToken cancellationToken)
    {
        try
        {
            if (streams.Find(table) is not { } stream)
                return text.UnknownStream(table, streams);

            var location = new SourceLocation(data.FullPath) { ConnectionStrings = connections.For([stream.Contract]) };
            return await slots.DropAsync(stream.Contract, location, cancellationToken) is { } slot
                ? TypedResults.Ok(new DropView(table, slot))
                : TypedResults.Problem(
                    $"The stream '{table}' has no replication slot; only one that captures changes can be dropped.", statusCode: StatusCodes.Status409Conflict);
        }
        catch (DiagnosticException mistake)
        {
            return text.Refused(mistake);
        }
    }

    private static async Task<Results<Accepted<ChangeView>, ProblemHttpResult>> RequestAsync(
        string table, StreamCatalog streams, ApiText text, Func<Contract, Task<StreamChange>> request)
    {
        try
        {
            return streams.Find(table) is { } stream
                ? TypedResults.Accepted("/streams", ChangeView.Of(await request(stream.Contract)))
                : text.UnknownStream(table, streams);
        }
        catch (DiagnosticException mistake)
        {
            return text.Refused(mistake);
        }
    }

    private static ProblemHttpResult Missing(string name, string what) =>
        TypedResults.Problem($"'{name}' is missing: give {what}.", statusCode: StatusCodes.Status400BadRequest);
}

/// <summary>A stream as clients see it.</summary>
/// <param name="Table">Its table in schema raw.</param>
/// <param name="Pipeline">The pipeline that loads it.</param>
/// <param name="Format">Its connector.</param>
/// <param name="Mode">Its sync mode.</param>
/// <param name="States">How far it is; one for each file where the contract names several, none before the first load.</param>
/// <param name="Requested">The changes that its next load applies.</param>
internal sealed record StreamSummary(
    string Table, string Pipeline, string Format, string Mode, IReadOnlyList<StreamView> States, IReadOnlyList<ChangeView> Requested);

/// <summary>The replication slot that went with a stream.</summary>
internal sealed record DropView(string Table, string Slot);

/// <summary>A requested change as clients see it.</summary>
internal sealed record ChangeView(long Id, string Table, string Kind, string? From, string? To, DateTimeOffset RequestedAt)
{
    public static ChangeView Of(StreamChange change) =>
        new(change.Id, change.Table, change.Kind.ToString().ToLowerInvariant(), change.From, change.To, change.RequestedAt);
}
