using Ingestion.Loading.Retrying;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Settings;
using Microsoft.AspNetCore.Http.HttpResults;
using Models.Diagnostics;
using ServiceDefaults.Security;

namespace Ingestion.Worker.Api;

/// <summary>The quarantined records over HTTP.</summary>
internal static class QuarantineApi
{
    private const int MostRecords = 1000;
    private const int ShownRecords = 100;

    public static void MapQuarantineApi(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/quarantine").RequireScope(ApiScope.Read);
        read.MapGet("/", ListTablesAsync);
        read.MapGet("/{table}", ListAsync);
        read.MapGet("/{table}/{id:long}", ShowAsync);

        var run = app.MapGroup("/quarantine").RequireClientHeader().RequireScope(ApiScope.Run);
        run.MapPost("/{table}/retry", RetryAsync);
        run.MapPost("/{table}/discard", DiscardAsync);
    }

    private static async Task<Ok<IReadOnlyList<QuarantinedTable>>> ListTablesAsync(QuarantineStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.ListTablesAsync(cancellationToken));

    private static async Task<Results<Ok<List<QuarantinedRecord>>, ProblemHttpResult>> ListAsync(
        string table, long? after, int? limit, QuarantineStore store, ApiText text, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > MostRecords)
            return TypedResults.Problem($"'limit' is a number from 1 to {MostRecords}, not {limit}.", statusCode: StatusCodes.Status400BadRequest);

        var records = await store.ListAsync(table, after ?? 0, limit ?? ShownRecords, cancellationToken);
        return TypedResults.Ok(records.Select(r => r with { Reason = text.Public(r.Reason) }).ToList());
    }

    private static async Task<Results<Ok<QuarantinedRecord>, ProblemHttpResult>> ShowAsync(
        string table, long id, QuarantineStore store, ApiText text, CancellationToken cancellationToken) =>
        await store.FindAsync(table, id, cancellationToken) is { } record
            ? TypedResults.Ok(record with { Reason = text.Public(record.Reason) })
            : NoRecord(table, id);

    private static async Task<Results<Ok<RetryResult>, ProblemHttpResult>> RetryAsync(
        string table, long? id, QuarantineRetry retry, StreamCatalog streams, ApiText text, CancellationToken cancellationToken)
    {
        try
        {
            if (streams.Find(table) is not { } stream)
                return text.UnknownStream(table, streams);

            var result = await retry.RetryAsync(stream.Contract, id, cancellationToken);
            return id is { } missing && result is { Loaded: 0, StillBad: 0, Outdated: 0 } ? NoRecord(table, missing) : TypedResults.Ok(result);
        }
        catch (DiagnosticException mistake)
        {
            return text.Refused(mistake);
        }
    }

    private static async Task<Results<Ok<DiscardView>, ProblemHttpResult>> DiscardAsync(
        string table, long? id, bool? all, QuarantineStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        if (id is null == (all is not true))
            return TypedResults.Problem("Give 'id' for one record, or 'all=true' for all of the table.", statusCode: StatusCodes.Status400BadRequest);

        var discarded = await store.DiscardAsync(table, id, time.GetUtcNow(), cancellationToken);
        return id is { } missing && discarded == 0 ? NoRecord(table, missing) : TypedResults.Ok(new DiscardView(table, discarded));
    }

    private static ProblemHttpResult NoRecord(string table, long id) =>
        TypedResults.Problem($"The quarantine of '{table}' has no open record {id}.", statusCode: StatusCodes.Status404NotFound);
}

/// <summary>How many records were discarded.</summary>
internal sealed record DiscardView(string Table, int Discarded);
