using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
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
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        features.MapGet("/{contactId:long}", FindLeadAsync)
            .WithName("Features")
            .WithSummary("What a model would see of a lead now, under the names of lead_features.");
        features.MapGet("/{view}/{id}", FindAsync)
            .WithName("FeaturesOf")
            .WithSummary("What a model would see of an entity of a prediction now; the columns of a composite key are joined by '/' as %2F.");
        return routes;
    }

    private static Task<Results<JsonHttpResult<JsonObject>, ProblemHttpResult>> FindLeadAsync(
        long contactId, ServedPredictions served, TimeProvider time, CancellationToken cancellationToken) =>
        AnswerAsync(served.Default, new EntityKey([contactId.ToString(CultureInfo.InvariantCulture)]), time, cancellationToken);

    private static async Task<Results<JsonHttpResult<JsonObject>, ProblemHttpResult>> FindAsync(
        string view, string id, ServedPredictions served, TimeProvider time, CancellationToken cancellationToken)
    {
        if (served.Find(view) is not { } one)
            return Problem.UnknownPrediction(view, served);
        return EntityPath.Read(one.Declaration, id) is { } key
            ? await AnswerAsync(one, key, time, cancellationToken)
            : Problem.UnknownEntity(one.Declaration, id);
    }

    private static async Task<Results<JsonHttpResult<JsonObject>, ProblemHttpResult>> AnswerAsync(
        ServedPrediction served, EntityKey key, TimeProvider time, CancellationToken cancellationToken) =>
        await served.FindAsync(key, cancellationToken) is { } row
            ? TypedResults.Json(FeaturesResponse.Of(served, row, time.GetUtcNow()), ServingJson.Default.JsonObject)
            : Problem.UnknownEntity(served.Declaration, key.ToString());
}
