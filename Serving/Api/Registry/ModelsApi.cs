using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Serving.Api.Access;
using Serving.Api.Configuration;
using Serving.Api.Problems;
using Serving.Api.Reads;
using Serving.Api.Served;
using Serving.Api.Telemetry;
using Serving.Registry;
using ServiceDefaults.Security;

namespace Serving.Api.Registry;

/// <summary>The registry over HTTP. Everywhere <c>?prediction=</c> names a declared prediction; without it the leads' one is meant.</summary>
internal static class ModelsApi
{
    public static IEndpointRouteBuilder MapModelsApi(this IEndpointRouteBuilder routes)
    {
        var models = routes.MapGroup("/models").WithTags("Models")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireScope(ApiScope.Models);
        models.MapGet("/", ListAsync)
            .WithName("Models").WithSummary("Every model of a prediction, the newest first.");
        models.MapGet("/champion", Champion)
            .WithName("Champion").WithSummary("The model that answers now.");
        models.MapGet("/{version:int}", FindAsync)
            .WithName("Model").WithSummary("One model.");
        models.MapGet("/{version:int}/card", CardAsync)
            .WithName("ModelCard").WithSummary("The model's card, in Markdown.").Produces<string>(contentType: "text/markdown");
        models.MapGet("/{version:int}/artifact", ArtifactAsync)
            .WithName("ModelArtifact").WithSummary("The model as it is stored; the ETag is its SHA-256.")
            .Produces<byte[]>(contentType: "application/octet-stream");
        models.MapGet("/compare", CompareAsync)
            .WithName("CompareModels").WithSummary("What differs between two models.");

        var changes = routes.MapGroup("/models").WithTags("Models")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RequireClientHeader()
            .RequireScope(ApiScope.Admin);
        changes.MapPost("/{version:int}/promote", PromoteAsync)
            .WithName("PromoteModel").WithSummary("Makes a model the champion; the present one is archived.");
        changes.MapPost("/{version:int}/archive", ArchiveAsync)
            .WithName("ArchiveModel").WithSummary("Puts a model away that is not the champion.");
        changes.MapPost("/rollback", RollBackAsync)
            .WithName("RollBackModel").WithSummary("Makes the model champion that was it before the present one.");
        return routes;
    }

    private static async Task<Results<Ok<IReadOnlyList<ModelResponse>>, ProblemHttpResult>> ListAsync(
        [FromQuery] string? prediction, ServedPredictions served, WarehouseReads reads, CancellationToken cancellationToken)
    {
        if (Named(served, prediction) is not { } one)
            return Problem.UnknownPrediction(prediction!, served);
        var models = await reads.RunAsync(one.Registry.ListAsync, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<ModelResponse>>([.. models.Select(ModelResponse.Of)]);
    }

    private static Results<Ok<ModelResponse>, ProblemHttpResult> Champion([FromQuery] string? prediction, ServedPredictions served) =>
        Named(served, prediction) is not { } one ? Problem.UnknownPrediction(prediction!, served)
        : one.Champions.Current is { } champion ? TypedResults.Ok(ModelResponse.Of(champion.Model))
        : Problem.NoChampion();

    private static Task<IResult> FindAsync(
        int version, [FromQuery] string? prediction, ServedPredictions served, WarehouseReads reads, CancellationToken cancellationToken) =>
        WithModelAsync(served, prediction, version, reads, (_, model) => Task.FromResult<IResult>(TypedResults.Ok(ModelResponse.Of(model))), cancellationToken);

    private static Task<IResult> CardAsync(
        int version, [FromQuery] string? prediction, ServedPredictions served, WarehouseReads reads, CancellationToken cancellationToken) =>
        WithModelAsync(
            served, prediction, version, reads,
            (one, model) => Task.FromResult<IResult>(TypedResults.Text(ModelCard.Write(model, one.Declaration), "text/markdown; charset=utf-8")),
            cancellationToken);

    private static Task<IResult> ArtifactAsync(
        int version, [FromQuery] string? prediction, ServedPredictions served, WarehouseReads reads, CancellationToken cancellationToken) =>
        WithModelAsync(served, prediction, version, reads, async (one, model) =>
        {
            try
            {
                var artifact = await reads.RunAsync(token => one.Registry.ReadArtifactAsync(version, token), cancellationToken);
                return TypedResults.File(
                    artifact, "application/octet-stream", $"{one.Declaration.Name}-{version}.model",
                    entityTag: model.Sha256.Length == 0 ? null : new($"\"{model.Sha256}\""));
            }
            catch (InvalidDataException exception)
            {
                return Problem.Unusable(version, exception.Message);
            }
        }, cancellationToken);

    private static async Task<Results<Ok<ModelComparison>, ProblemHttpResult>> CompareAsync(
        [FromQuery] int first, [FromQuery] int second, [FromQuery] string? prediction, ServedPredictions served, WarehouseReads reads,
        CancellationToken cancellationToken)
    {
        if (Named(served, prediction) is not { } one)
            return Problem.UnknownPrediction(prediction!, served);
        if (await reads.RunAsync(token => one.Registry.FindAsync(first, token), cancellationToken) is not { } a)
            return Problem.UnknownModel(first, one.Declaration);
        return await reads.RunAsync(token => one.Registry.FindAsync(second, token), cancellationToken) is { } b
            ? TypedResults.Ok(ModelComparison.Of(a, b))
            : Problem.UnknownModel(second, one.Declaration);
    }

    private static Task<IResult> PromoteAsync(
        int version, [FromQuery] string? prediction, HttpContext context, ServedPredictions served, WarehouseReads reads, ILogger<ServedPrediction> logger) =>
        WithModelAsync(
            served, prediction, version, reads, (one, model) => ChangeAsync(one, model, ModelStatus.Champion, context, reads, logger), context.RequestAborted);

    private static Task<IResult> ArchiveAsync(
        int version, [FromQuery] string? prediction, HttpContext context, ServedPredictions served, WarehouseReads reads, ILogger<ServedPrediction> logger) =>
        WithModelAsync(
            served, prediction, version, reads,
            (one, model) => model.Status is ModelStatus.Champion
                ? Task.FromResult<IResult>(Problem.IsChampion(version))
                : ChangeAsync(one, model, ModelStatus.Archived, context, reads, logger),
            context.RequestAborted);

    private static async Task<IResult> RollBackAsync(
        [FromQuery] string? prediction, HttpContext context, ServedPredictions served, WarehouseReads reads, ILogger<ServedPrediction> logger)
    {
        if (Named(served, prediction) is not { } one)
            return Problem.UnknownPrediction(prediction!, served);
        return await reads.RunAsync(one.Registry.FindPreviousAsync, context.RequestAborted) is { } previous
            ? await ChangeAsync(one, previous, ModelStatus.Champion, context, reads, logger)
            : Problem.NothingBefore();
    }

    private static async Task<IResult> ChangeAsync(
        ServedPrediction one, RegisteredModel model, ModelStatus status, HttpContext context, WarehouseReads reads, ILogger logger)
    {
        try
        {
            // a model that cannot answer is not made champion
            if (status is ModelStatus.Champion)
                await reads.RunAsync(token => one.Registry.LoadAsync(model, one.Declaration.FeatureSchema, token), context.RequestAborted);
            await one.Registry.ChangeAsync(model.Version, status, context.Caller(), context.RequestAborted);
        }
        catch (InvalidDataException exception)
        {
            return Problem.Unusable(model.Version, exception.Message);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ObjectNotInPrerequisiteState)
        {
            return Problem.IsChampion(model.Version);
        }
        catch (Exception exception) when (WarehouseException.Of(exception) is not null)
        {
            throw WarehouseException.Of(exception)!;
        }

        Log.ModelChanged(logger, context.Caller(), model.Version, one.Declaration.Name, status.ToString());
        await one.Champions.RefreshAsync(context.RequestAborted);
        return TypedResults.Ok(ModelResponse.Of((await reads.RunAsync(token => one.Registry.FindAsync(model.Version, token), context.RequestAborted))!));
    }

    private static async Task<IResult> WithModelAsync(
        ServedPredictions served, string? prediction, int version, WarehouseReads reads, Func<ServedPrediction, RegisteredModel, Task<IResult>> answer,
        CancellationToken cancellationToken)
    {
        if (Named(served, prediction) is not { } one)
            return Problem.UnknownPrediction(prediction!, served);
        return await reads.RunAsync(token => one.Registry.FindAsync(version, token), cancellationToken) is { } model
            ? await answer(one, model)
            : Problem.UnknownModel(version, one.Declaration);
    }

    private static ServedPrediction? Named(ServedPredictions served, string? prediction) => prediction is null ? served.Default : served.Find(prediction);
}
