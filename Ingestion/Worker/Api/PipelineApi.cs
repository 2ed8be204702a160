using Ingestion.Worker.History;
using Ingestion.Worker.Pipelines;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Security;

namespace Ingestion.Worker.Api;

/// <summary>The pipelines over HTTP.</summary>
internal static class PipelineApi
{
    private const int ShownRuns = 20;

    public static void MapPipelineApi(this IEndpointRouteBuilder app)
    {
        var pipelines = app.MapGroup("/pipelines");
        pipelines.MapGet("/", ListAsync);
        pipelines.MapGet("/{name}", GetAsync);
        pipelines.MapPost("/{name}/run", Run).RequireClientHeader();
    }

    private static async Task<Ok<List<PipelineView>>> ListAsync(
        ChosenPipelines pipelines, PipelineStates states, RunHistory history, IngestionFolders folders, CancellationToken cancellationToken)
    {
        var views = new List<PipelineView>();
        foreach (var pipeline in pipelines.All)
            views.Add(await ViewAsync(pipeline, states, history, folders, cancellationToken));

        return TypedResults.Ok(views);
    }

    private static async Task<Results<Ok<PipelineView>, ProblemHttpResult>> GetAsync(
        string name, ChosenPipelines pipelines, PipelineStates states, RunHistory history, IngestionFolders folders, CancellationToken cancellationToken) =>
        pipelines.Find(name) is { } pipeline
            ? TypedResults.Ok(await ViewAsync(pipeline, states, history, folders, cancellationToken))
            : Unknown(name, pipelines);

    private static Results<Accepted, ProblemHttpResult> Run(string name, ChosenPipelines pipelines, PipelineStates states)
    {
        if (pipelines.Find(name) is not { } pipeline)
            return Unknown(name, pipelines);

        return states.TryAsk(pipeline)
            ? TypedResults.Accepted($"/pipelines/{name}")
            : TypedResults.Problem($"Pipeline '{name}' is running; ask again when it has ended.", statusCode: StatusCodes.Status409Conflict);
    }

    private static ProblemHttpResult Unknown(string name, ChosenPipelines pipelines) =>
        TypedResults.Problem($"There is no pipeline '{name}'; there are {string.Join(", ", pipelines.All.Select(p => p.Name))}.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<PipelineView> ViewAsync(
        PipelineDefinition pipeline, PipelineStates states, RunHistory history, IngestionFolders folders, CancellationToken cancellationToken)
    {
        var runs = await history.ListAsync(pipeline.Name, ShownRuns, cancellationToken);
        return new(pipeline.Name, states.IsRunning(pipeline), [.. runs.Select(run => run with
        {
            Reason = PublicText.WithoutAbsolutePaths(run.Reason, folders.Data, folders.Project(pipeline)),
        })]);
    }
}

/// <summary>A pipeline as clients see it.</summary>
/// <param name="Name">The name that requests use.</param>
/// <param name="IsRunning">Whether a run is under way or about to begin.</param>
/// <param name="Runs">The newest runs that ended, newest first.</param>
internal sealed record PipelineView(string Name, bool IsRunning, IReadOnlyList<PipelineRun> Runs);
