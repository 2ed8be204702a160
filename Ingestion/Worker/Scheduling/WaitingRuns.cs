using Ingestion.Worker.History;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Telemetry;
using Npgsql;

namespace Ingestion.Worker.Scheduling;

/// <summary>Takes care of runs that no worker has any more: those of a worker that was lost, and those that one which stopped left waiting.</summary>
internal sealed class WaitingRuns(
    PipelineCatalog pipelines, PipelineScheduler scheduler, NpgsqlDataSource dataSource, TimeProvider time, ILogger<WaitingRuns> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await WakeAsync(stoppingToken);
            }
            catch (NpgsqlException lost)
            {
                Log.ScheduleFailed(logger, lost.InnerException?.Message ?? lost.Message);
            }
        }
    }

    private async Task WakeAsync(CancellationToken cancellationToken)
    {
        // those of the last moments are about to be taken
        var waiting = await dataSource
            .Command("select distinct pipeline from ingestion.runs where status in ('Queued', 'Running') and queued_at < $1", time.GetUtcNow() - s_pause)
            .ReadAsync(r => r.GetString(0), cancellationToken);
        foreach (var pipeline in waiting.Select(pipelines.Find).OfType<Definitions.PipelineDefinition>())
        {
            if (await IsFreeAsync(pipeline.Name, cancellationToken))
                await scheduler.WakeAsync(pipeline, cancellationToken);
        }
    }

    private async Task<bool> IsFreeAsync(string pipeline, CancellationToken cancellationToken)
    {
        await using var guard = await PipelineLock.TryTakeAsync(dataSource, pipeline, cancellationToken);
        return guard is not null;
    }
}
