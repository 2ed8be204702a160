using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Serving.Api.Access;
using Serving.Api.Configuration;
using Serving.Api.Problems;
using Serving.Api.Served;
using Serving.Features;

namespace Serving.Api.Features;

internal static class FeaturesApi
{
    public static IEndpointRouteBuilder MapFeaturesApi(this IEndpointRouteBuilder routes)
    {
        var features = routes.MapGroup("/features").WithTags("Features")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireScope(ApiScope.Features);
        features.MapGet("/{contactId:long}", FindLeadAsync)
            .WithName("Features")
            .WithSummary("What a model would see of a lead now, under the names of lead_features.");
        features.MapGet("/{view}/{id}", FindAsync)
            .WithName("FeaturesOf")
            .WithSummary("What a model would see of an entity of a prediction now; the columns of a composite key are joined by '/' as %2F.");
        features.MapGet("/{view}/batch", Stream)
            .WithName("FeaturesBatch")
            .WithSummary("All rows of a prediction in the order of their keys, as NDJSON or CSV, after 'cursor', at most 'limit', as known at 'as_of'.");
        return routes;
    }

    private static IResult Stream(
        string view, [FromQuery] string? cursor, [FromQuery] long? limit, [FromQuery(Name = "as_of")] DateTime? asOf,
        ServedPredictions served, TimeProvider time)
    {
        if (served.Find(view) is not { } one)
            return Problem.UnknownPrediction(view, served);
        if (limit < 0)
            throw new BadHttpRequestException($"'limit' is {limit}, not a number of rows.");
        var after = cursor is null ? null : EntityPath.Read(one.Declaration, cursor)
            ?? throw new BadHttpRequestException("'cursor' is no key of this prediction; give the key of the last row that was read.");
        return new FeatureStream(one, after, limit, asOf is { } known ? DateTime.SpecifyKind(known, DateTimeKind.Unspecified) : null, time);
    }

    private static Task<Results<Ok<JsonObject>, ProblemHttpResult>> FindLeadAsync(
        long contactId, ServedPredictions served, TimeProvider time, CancellationToken cancellationToken) =>
        AnswerAsync(served.Default, new EntityKey([contactId.ToString(CultureInfo.InvariantCulture)]), time, cancellationToken);

    private static async Task<Results<Ok<JsonObject>, ProblemHttpResult>> FindAsync(
        string view, string id, ServedPredictions served, TimeProvider time, CancellationToken cancellationToken)
    {
        if (served.Find(view) is not { } one)
            return Problem.UnknownPrediction(view, served);
        return EntityPath.Read(one.Declaration, id) is { } key
            ? await AnswerAsync(one, key, time, cancellationToken)
            : Problem.UnknownEntity(one.Declaration, id);
    }

    private static async Task<Results<Ok<JsonObject>, ProblemHttpResult>> AnswerAsync(
        ServedPrediction served, EntityKey key, TimeProvider time, CancellationToken cancellationToken) =>
        await served.FindAsync(key, cancellationToken) is { } row
            ? TypedResults.Ok(FeaturesResponse.Of(served, row, time.GetUtcNow()))
            : Problem.UnknownEntity(served.Declaration, key.ToString());
}
