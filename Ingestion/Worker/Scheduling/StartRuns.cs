using Ingestion.Worker.Definitions;
using Ingestion.Worker.History;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Runs;
using Ingestion.Worker.Steps;
using Npgsql;
using ServiceDefaults;

namespace Ingestion.Worker.Scheduling;

/// <summary>
/// Puts the pipelines into the schedule and has each that wants it run at the start. A first run that fails ends the service: what waits
/// for its health would wait for ever. Later ones are only told.
/// </summary>
internal sealed class StartRuns(
    PipelineCatalog pipelines, PipelineScheduler scheduler, ReaderRights rights, RunQueue queue, FirstRuns firstRuns, ReadyPipelines ready)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await scheduler.SynchronizeAsync(stoppingToken);
            await rights.RemoveUndeclaredAsync(pipelines.Declared, stoppingToken);
            await Task.WhenAll(pipelines.Chosen.Where(p => p.Schedule.AtStart).Select(p => RunAsync(p, stoppingToken)));
        }
        catch (NpgsqlException lost)
        {
            throw new ServiceException(
                $"The warehouse was lost while the pipelines were started: {lost.InnerException?.Message ?? lost.Message}. Start the service again when it " +
                $"is back.", lost);
        }
    }

    /// <summary>A run that is under way, for whatever reason, serves as well; one whose worker was lost is done again.</summary>
    private async Task RunAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = await queue.TryRequestAsync(pipeline.Name, RunKind.Start, cancellationToken)
                ?? await queue.FindActiveAsync(pipeline.Name, cancellationToken);
            if (run is null)
                continue;

            await scheduler.WakeAsync(pipeline, cancellationToken);
            switch ((await firstRuns.WaitAsync(pipeline, run, cancellationToken)).Status)
            {
                case RunStatus.Succeeded:
                    ready.Add(pipeline);
                    return;
                case RunStatus.Cancelled:
                    return;
                case RunStatus.Failed:
                    throw new ServiceException($"The first run of pipeline {pipeline.Name} failed, for the reason above; the service ends.");
            }
        }
    }
}
