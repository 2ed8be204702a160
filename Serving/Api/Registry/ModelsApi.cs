using Microsoft.AspNetCore.Http.HttpResults;
using Serving.Api.Problems;
using Serving.Api.Reads;
using Serving.Api.Served;

namespace Serving.Api.Registry;

internal static class ModelsApi
{
    public static IEndpointRouteBuilder MapModelsApi(this IEndpointRouteBuilder routes)
    {
        var models = routes.MapGroup("/models").WithTags("Models").ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        models.MapGet("/", ListAsync)
            .WithName("Models")
            .WithSummary("Every model in the registry, the newest first.");
        models.MapGet("/champion", Champion)
            .WithName("Champion")
            .WithSummary("The model that answers now.");
        return routes;
    }

    private static async Task<Ok<IReadOnlyList<ModelResponse>>> ListAsync(ServedPredictions served, WarehouseReads reads, CancellationToken cancellationToken)
    {
        var models = await reads.RunAsync(served.Default.Registry.ListAsync, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ModelResponse>>([.. models.Select(ModelResponse.Of)]);
    }

    private static Results<Ok<ModelResponse>, ProblemHttpResult> Champion(ServedPredictions served) =>
        served.Default.Champions.Current is { } champion ? TypedResults.Ok(ModelResponse.Of(champion.Model)) : Problem.NoChampion();
}
