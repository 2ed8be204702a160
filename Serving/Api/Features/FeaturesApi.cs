using Microsoft.AspNetCore.Http.HttpResults;
using Serving.Api.Problems;
using Serving.Scoring.Features;

namespace Serving.Api.Features;

internal static class FeaturesApi
{
    public static IEndpointRouteBuilder MapFeaturesApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/features/{contactId:long}", FindAsync)
            .WithName("Features")
            .WithTags("Features")
            .WithSummary("What a model would see of a lead now, under the names of lead_features.")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<Results<Ok<FeaturesResponse>, ProblemHttpResult>> FindAsync(
        long contactId, FeatureLookup features, CancellationToken cancellationToken) =>
        await features.FindAsync(contactId, cancellationToken) is { } row
            ? TypedResults.Ok(FeaturesResponse.Of(contactId, LeadConversion.View.Schema, LeadConversion.View.Vector(row)))
            : Problem.UnknownContact(contactId);
}
