using System.Globalization;
using Ingestion.Worker.History;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Runs;
using Ingestion.Worker.Telemetry;
using Npgsql;
using Quartz;

namespace Ingestion.Worker.Scheduling;

/// <summary>
/// What the schedule fires: asks for the run that a time of the schedule means, and runs what waits. Where it fires twice for one time, or
/// while another worker runs the pipeline, the second does nothing.
/// </summary>
internal sealed class PipelineJob(
    PipelineCatalog pipelines, RunQueue queue, RunExecutor executor, IHostApplicationLifetime lifetime, ILogger<PipelineJob> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        if (pipelines.Find(name) is not { } pipeline)
        {
            Log.UnknownPipeline(logger, name);
            return;
        }

        try
        {
            if (ScheduledTime(context) is { } scheduled
                && await queue.TryRequestScheduledAsync(name, scheduled, pipeline.Schedule.CatchUp, cancellationToken) is null)
                Log.TimeLeftOut(logger, name, scheduled);

            await executor.DrainAsync(pipeline, lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // what waits is run by another worker, or by the next one
        }
        catch (NpgsqlException lost)
        {
            Log.ScheduleFailed(logger, $"pipeline {name}: {lost.InnerException?.Message ?? lost.Message}");
        }
        catch (Exception fault)
        {
            Log.JobBroke(logger, name, fault);
        }
    }

    /// <summary>The time of the schedule that this is the run of; of a lost worker's, the one that it had taken.</summary>
    private static DateTimeOffset? ScheduledTime(IJobExecutionContext context)
    {
        if (context.Trigger is ICronTrigger)
            return context.ScheduledFireTimeUtc;

        return context.Recovering
            && context.MergedJobDataMap.TryGetValue(SchedulerConstants.FailedJobOriginalTriggerGroup, out var group)
                && Equals(group, PipelineScheduler.CronGroup)
            && context.MergedJobDataMap.TryGetValue(SchedulerConstants.FailedJobOriginalTriggerScheduledFireTime, out var time)
            && DateTimeOffset.TryParse(time?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var scheduled)
                ? scheduled
                : null;
    }
}
