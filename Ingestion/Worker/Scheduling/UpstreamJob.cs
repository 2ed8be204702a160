using Ingestion.Worker.History;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Telemetry;
using Npgsql;
using Quartz;

namespace Ingestion.Worker.Scheduling;

/// <summary>Looks now and then, on one worker, whether the tables that a pipeline waits for have new data, and asks for a run then.</summary>
internal sealed class UpstreamJob(
    PipelineCatalog pipelines, UpstreamHistory upstreams, RunQueue queue, PipelineScheduler scheduler, ILogger<UpstreamJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (pipelines.Find(context.JobDetail.Key.Name) is not { } pipeline)
            return;

        try
        {
            // what is new while a run is under way is still new when it has ended
            if (await upstreams.FindNewAsync(pipeline, cancellationToken) is not { } table
                || await queue.TryRequestAsync(pipeline.Name, RunKind.Upstream, cancellationToken) is null)
                return;

            Log.UpstreamNew(logger, pipeline.Name, table.Table);
            await scheduler.WakeAsync(pipeline, cancellationToken);
        }
        catch (NpgsqlException lost)
        {
            Log.ScheduleFailed(logger, $"pipeline {pipeline.Name}: {lost.InnerException?.Message ?? lost.Message}");
        }
    }
}
