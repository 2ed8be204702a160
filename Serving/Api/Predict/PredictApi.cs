using System.Text.Json;
using Serving.Api.Problems;
using Serving.Api.Served;

namespace Serving.Api.Predict;

internal static class PredictApi
{
    public static IEndpointRouteBuilder MapPredictApi(this IEndpointRouteBuilder routes)
    {
        var predict = routes.MapGroup("/predict").WithTags("Scores")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        predict.MapPost("", PredictDefaultAsync)
            .WithName("Predict")
            .Accepts<PredictBody>("application/json", "*/*")
            .Produces<PredictResponse>()
            .WithSummary("The probability that a lead becomes a customer: of 'contact_id', of each of 'contact_ids', or of given 'features'.");
        predict.MapPost("/{name}", PredictAsync)
            .WithName("PredictNamed")
            .Accepts<JsonElement>("application/json", "*/*")
            .Produces<PredictResponse>()
            .WithSummary("The score of a declared prediction: of an entity by the columns of its key, of several by a list, or of 'features'.");
        return routes;
    }

    private static Task<IResult> PredictDefaultAsync(HttpContext context, PredictAnswers answers, ServedPredictions served) =>
        answers.AnswerAsync(context, served.Default);

    private static async Task<IResult> PredictAsync(string name, HttpContext context, PredictAnswers answers, ServedPredictions served) =>
        served.Find(name) is { } one ? await answers.AnswerAsync(context, one) : Problem.UnknownPrediction(name, served);
}
