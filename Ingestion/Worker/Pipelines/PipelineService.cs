using Ingestion.Worker.History;
using ServiceDefaults;

namespace Ingestion.Worker.Pipelines;

/// <summary>
/// Runs every pipeline at start, then whatever is asked for. A first run that fails ends the service: what waits for its health
/// would wait for ever. Later ones are only told.
/// </summary>
internal sealed class PipelineService(ChosenPipelines pipelines, PipelineStates states, PipelineRunner runner) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var pipeline in pipelines.All)
            states.TryBegin(pipeline);

        var first = await Task.WhenAll(pipelines.All.Select(p => RunAsync(p, stoppingToken)));
        if (first.FirstOrDefault(r => r.Status == RunStatus.Failed) is { } failed)
            throw new ServiceException($"The first run of pipeline {failed.Pipeline} failed, for the reason above; the service ends.");

        await Parallel.ForEachAsync(
            states.AskedAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = pipelines.All.Count, CancellationToken = stoppingToken },
            async (pipeline, token) => await RunAsync(pipeline, token));
    }

    private async Task<PipelineRun> RunAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var run = await runner.RunAsync(pipeline, cancellationToken);
        states.End(run);
        return run;
    }
}
