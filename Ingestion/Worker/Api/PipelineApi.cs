using Ingestion.Worker.History;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Scheduling;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Security;

namespace Ingestion.Worker.Api;

/// <summary>The pipelines over HTTP.</summary>
internal static class PipelineApi
{
    public static void MapPipelineApi(this IEndpointRouteBuilder app)
    {
        var pipelines = app.MapGroup("/pipelines");
        pipelines.MapGet("/", ListAsync);
        pipelines.MapGet("/{name}", GetAsync);
        pipelines.MapPost("/{name}/run", RunAsync).RequireClientHeader();
    }

    private static async Task<Ok<List<PipelineView>>> ListAsync(PipelineCatalog pipelines, PipelineViews views, CancellationToken cancellationToken)
    {
        var all = new List<PipelineView>();
        foreach (var pipeline in pipelines.Chosen)
            all.Add(await views.ShowAsync(pipeline, cancellationToken));

        return TypedResults.Ok(all);
    }

    private static async Task<Results<Ok<PipelineView>, ProblemHttpResult>> GetAsync(
        string name, PipelineCatalog pipelines, PipelineViews views, CancellationToken cancellationToken) =>
        pipelines.Find(name) is { } pipeline
            ? TypedResults.Ok(await views.ShowAsync(pipeline, cancellationToken))
            : Unknown(name, pipelines);

    private static async Task<Results<Accepted<PipelineRun>, ProblemHttpResult>> RunAsync(
        string name, PipelineCatalog pipelines, RunQueue queue, PipelineScheduler scheduler, CancellationToken cancellationToken)
    {
        if (pipelines.Find(name) is not { } pipeline)
            return Unknown(name, pipelines);
        if (await queue.TryRequestAsync(name, RunKind.Manual, cancellationToken) is not { } run)
            return TypedResults.Problem($"Pipeline '{name}' is running; ask again when it has ended.", statusCode: StatusCodes.Status409Conflict);

        await scheduler.WakeAsync(pipeline, cancellationToken);
        return TypedResults.Accepted($"/pipelines/{name}", run);
    }

    private static ProblemHttpResult Unknown(string name, PipelineCatalog pipelines) =>
        TypedResults.Problem($"There is no pipeline '{name}'; there are {string.Join(", ", pipelines.Chosen.Select(p => p.Name))}.", statusCode: StatusCodes.Status404NotFound);
}
