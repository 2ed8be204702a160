using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Scheduling;
using Ingestion.Worker.Settings;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Security;

namespace Ingestion.Worker.Api;

/// <summary>The pipelines over HTTP.</summary>
internal static class PipelineApi
{
    private const int MostRuns = 1000;

    public static void MapPipelineApi(this IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/pipelines").RequireScope(ApiScope.Read);
        read.MapGet("/", ListAsync);
        read.MapGet("/{name}", GetAsync);
        read.MapGet("/{name}/runs", RunsAsync);
        read.MapGet("/{name}/runs/{id:guid}", RunDetailsAsync);

        var run = app.MapGroup("/pipelines").RequireClientHeader().RequireScope(ApiScope.Run);
        run.MapPost("/{name}/run", RunAsync);
        run.MapPost("/{name}/cancel", CancelAsync);
        run.MapPost("/{name}/retry", RetryAsync);
        run.MapPost("/{name}/backfill", BackfillAsync);
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

    private static async Task<Results<Ok<List<PipelineRun>>, ProblemHttpResult>> RunsAsync(
        string name, int? limit, PipelineCatalog pipelines, RunHistory history, PipelineViews views, CancellationToken cancellationToken)
    {
        if (pipelines.Find(name) is not { } pipeline)
            return Unknown(name, pipelines);
        if (limit is < 1 or > MostRuns)
            return TypedResults.Problem($"'limit' is a number from 1 to {MostRuns}, not {limit}.", statusCode: StatusCodes.Status400BadRequest);

        var runs = await history.ListAsync(name, limit ?? PipelineViews.ShownRuns, cancellationToken);
        return TypedResults.Ok(runs.ConvertAll(run => views.Show(pipeline, run)));
    }

    private static async Task<Results<Ok<RunDetails>, ProblemHttpResult>> RunDetailsAsync(
        string name, Guid id, PipelineCatalog pipelines, PipelineViews views, CancellationToken cancellationToken)
    {
        if (pipelines.Find(name) is not { } pipeline)
            return Unknown(name, pipelines);

        return await views.ShowDetailsAsync(pipeline, id, cancellationToken) is { } details
            ? TypedResults.Ok(details)
            : NoRun(name, id);
    }

    private static async Task<Results<Accepted<PipelineRun>, ProblemHttpResult>> RunAsync(
        string name, PipelineCatalog pipelines, RunQueue queue, PipelineScheduler scheduler, CancellationToken cancellationToken)
    {
        if (pipelines.Find(name) is not { } pipeline)
            return Unknown(name, pipelines);

        return await queue.TryRequestAsync(name, RunKind.Manual, cancellationToken) is { } run
            ? await AcceptAsync(pipeline, run, scheduler, cancellationToken)
            : Running(name);
    }

    private static async Task<Results<Accepted<CancelView>, ProblemHttpResult>> CancelAsync(
        string name, PipelineCatalog pipelines, RunQueue queue, CancellationToken cancellationToken)
    {
        if (pipelines.Find(name) is null)
            return Unknown(name, pipelines);

        return await queue.CancelAsync(name, cancellationToken) is > 0 and var count
            ? TypedResults.Accepted($"/pipelines/{name}", new CancelView(count))
            : TypedResults.Problem($"No run of pipeline '{name}' is under way or waits.", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Accepted<PipelineRun>, ProblemHttpResult>> RetryAsync(
        string name, Guid? run, PipelineCatalog pipelines, RunQueue queue, RunHistory history, PipelineScheduler scheduler, CancellationToken cancellationToken)
    {
        if (pipelines.Find(name) is not { } pipeline)
            return Unknown(name, pipelines);

        var failed = run is { } id
            ? await history.FindAsync(name, id, cancellationToken)
            : (await history.ListEndedAsync(name, 1, cancellationToken)).FirstOrDefault();
        if (failed is null)
            return run is { } missing
                ? NoRun(name, missing)
                : TypedResults.Problem($"Pipeline '{name}' has not run yet.", statusCode: StatusCodes.Status409Conflict);
        if (failed.Status is RunStatus.Succeeded)
            return TypedResults.Problem(
                $"Run {failed.Id} of pipeline '{name}' went well; ask for a new one with /pipelines/{name}/run.", statusCode: StatusCodes.Status409Conflict);

        return failed.FinishedAt is not null && await queue.TryRetryAsync(failed, cancellationToken) is { } again
            ? await AcceptAsync(pipeline, again, scheduler, cancellationToken)
            : Running(name);
    }

    private static async Task<Results<Accepted<BackfillView>, ProblemHttpResult>> BackfillAsync(
        string name,
        string? from,
        string? to,
        string? interval,
        PipelineCatalog pipelines,
        RunQueue queue,
        PipelineScheduler scheduler,
        CancellationToken cancellationToken)
    {
        if (pipelines.Find(name) is not { } pipeline)
            return Unknown(name, pipelines);
        if (!BackfillRange.TrySplit(from, to, interval, out var ranges, out var mistake))
            return TypedResults.Problem(mistake, statusCode: StatusCodes.Status400BadRequest);

        var runs = await queue.RequestRangesAsync(name, ranges, cancellationToken);
        await scheduler.WakeAsync(pipeline, cancellationToken);
        return TypedResults.Accepted($"/pipelines/{name}/runs", new BackfillView(runs.Count, runs[0].RangeStart!.Value, runs[^1].RangeEnd!.Value));
    }

    private static async Task<Accepted<PipelineRun>> AcceptAsync(
        PipelineDefinition pipeline, PipelineRun run, PipelineScheduler scheduler, CancellationToken cancellationToken)
    {
        await scheduler.WakeAsync(pipeline, cancellationToken);
        return TypedResults.Accepted($"/pipelines/{pipeline.Name}/runs/{run.Id}", run);
    }

    private static ProblemHttpResult Unknown(string name, PipelineCatalog pipelines) =>
        TypedResults.Problem(
            $"There is no pipeline '{name}'; there are {string.Join(", ", pipelines.Chosen.Select(p => p.Name))}.", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult NoRun(string name, Guid id) =>
        TypedResults.Problem($"Pipeline '{name}' has no run {id}.", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult Running(string name) =>
        TypedResults.Problem($"Pipeline '{name}' is running; ask again when it has ended.", statusCode: StatusCodes.Status409Conflict);
}

/// <summary>How many runs were called off.</summary>
internal sealed record CancelView(int Cancelled);

/// <summary>How many runs a backfill takes, and what they build.</summary>
internal sealed record BackfillView(int Runs, DateTimeOffset From, DateTimeOffset To);
