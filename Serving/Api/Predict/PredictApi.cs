using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Serving.Api.Champions;
using Serving.Api.Configuration;
using Serving.Api.Features;
using Serving.Api.Predictions;
using Serving.Api.Problems;
using Serving.Registry;
using Serving.Scoring.Features;

namespace Serving.Api.Predict;

internal static class PredictApi
{
    public static IEndpointRouteBuilder MapPredictApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/predict", PredictAsync)
            .WithName("Predict")
            .WithTags("Scores")
            .WithSummary("The probability that a lead becomes a customer, from its features as they are now.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        return routes;
    }

    private static async Task<Results<Ok<PredictResponse>, ProblemHttpResult>> PredictAsync(
        PredictRequest request,
        ChampionHolder champions,
        FeatureLookup features,
        PredictionQueue given,
        TimeProvider time,
        IOptions<ServingOptions> options,
        CancellationToken cancellationToken)
    {
        if (champions.Current is not { } champion)
            return Problem.NoChampion();
        if (await features.FindAsync(request.ContactId, cancellationToken) is not { } row)
            return Problem.UnknownContact(request.ContactId);

        var score = champion.Scorer.Score(LeadConversion.View.Vector(row), request.Reasons ?? options.Value.Reasons);
        given.Add(new Prediction(time.GetUtcNow(), request.ContactId, champion.Model.Version, score.Probability));
        return TypedResults.Ok(new PredictResponse(request.ContactId, score.Probability, champion.Model.Version, champion.Model.Learner, score.Reasons));
    }
}
