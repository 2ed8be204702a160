using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Serving.Api.Access;
using Serving.Api.Configuration;
using Serving.Api.Problems;
using Serving.Api.Served;

namespace Serving.Api.Predict;

internal static class PredictApi
{
    public static IEndpointRouteBuilder MapPredictApi(this IEndpointRouteBuilder routes)
    {
        var predict = routes.MapGroup("").WithTags("Scores")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireScope(ApiScope.Predict);
        predict.MapPost("/predict", PredictDefaultAsync)
            .WithName("Predict")
            .Accepts<PredictBody>("application/json", "*/*")
            .Produces<PredictResponse>()
            .WithSummary("The probability that a lead becomes a customer: of 'contact_id', of each of 'contact_ids', or of given 'features'.");
        predict.MapPost("/predict/{name}", PredictAsync)
            .WithName("PredictNamed")
            .Accepts<JsonElement>("application/json", "*/*")
            .Produces<PredictResponse>()
            .WithSummary("The score of a declared prediction: of an entity by the columns of its key, of several by a list, or of 'features'.");
        predict.MapPost("/predict/batch", PredictDefaultBatch)
            .WithName("PredictBatch")
            .Accepts<PredictBody>("application/x-ndjson", "*/*")
            .Produces<PredictResponse>(contentType: "application/x-ndjson")
            .WithSummary("The scores of a stream of requests, one JSON object a line; a line that cannot be scored is answered with what is wrong.");
        predict.MapPost("/predict/{name}/batch", PredictBatch)
            .WithName("PredictNamedBatch")
            .Accepts<JsonElement>("application/x-ndjson", "*/*")
            .Produces<PredictResponse>(contentType: "application/x-ndjson")
            .WithSummary("The scores of a stream of requests to a declared prediction.");
        return routes;
    }

    private static IResult PredictDefaultBatch([FromQuery] int? reasons, PredictAnswers answers, ServedPredictions served) =>
        Batch(served.Default, reasons, answers);

    private static IResult PredictBatch(string name, [FromQuery] int? reasons, PredictAnswers answers, ServedPredictions served) =>
        served.Find(name) is { } one ? Batch(one, reasons, answers) : Problem.UnknownPrediction(name, served);

    private static IResult Batch(ServedPrediction served, int? reasons, PredictAnswers answers) =>
        reasons is null or (>= 0 and <= PredictRequestReader.MostReasons)
            ? answers.AnswerBatch(served, reasons ?? 0)
            : throw new BadHttpRequestException($"'reasons' is {reasons}, not a whole number from 0 to {PredictRequestReader.MostReasons}.");

    private static Task<IResult> PredictDefaultAsync(HttpContext context, PredictAnswers answers, ServedPredictions served) =>
        answers.AnswerAsync(context, served.Default);

    private static async Task<IResult> PredictAsync(string name, HttpContext context, PredictAnswers answers, ServedPredictions served) =>
        served.Find(name) is { } one ? await answers.AnswerAsync(context, one) : Problem.UnknownPrediction(name, served);
}
