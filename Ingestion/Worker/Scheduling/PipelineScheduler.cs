using Ingestion.Worker.Definitions;
using Ingestion.Worker.Pipelines;
using Quartz;

namespace Ingestion.Worker.Scheduling;

/// <summary>The schedule that all workers of a warehouse share.</summary>
internal sealed class PipelineScheduler(ISchedulerFactory factory, PipelineCatalog pipelines, TimeProvider time)
{
    /// <summary>The group of the triggers that are times of a clock.</summary>
    public const string CronGroup = "cron";

    private const string JobGroup = "pipelines";
    private const string WakeGroup = "wake";
    private const string WatchGroup = "watch";

    /// <summary>
    /// Makes the schedule what the files say. A trigger that is right is left as it is: it knows which times have passed. A pipeline that
    /// no project declares any more leaves the schedule.
    /// </summary>
    public async Task SynchronizeAsync(CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        var there = await RemoveUndeclaredAsync(scheduler, cancellationToken);
        var scheduled = new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>>();
        foreach (var pipeline in pipelines.Chosen)
        {
            var job = JobBuilder.Create<PipelineJob>().WithIdentity(JobKeyOf(pipeline)).StoreDurably().RequestRecovery().Build();
            if (await FindNewTimesAsync(scheduler, pipeline, cancellationToken) is { } times)
                scheduled.Add(job, [times]);
            else if (!there.Contains(job.Key))
                await scheduler.AddJob(job, AddJobOptions.Replacing, cancellationToken);

            await WatchAsync(scheduler, pipeline, cancellationToken);
        }

        // all in one transaction: a thousand pipelines are there in a second, not in a minute
        if (scheduled.Count > 0)
            await scheduler.ScheduleJobs(scheduled, ScheduleJobOptions.Replacing, cancellationToken);
    }

    /// <summary>Has a worker run what waits of a pipeline, soon.</summary>
    public async Task WakeAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(Guid.NewGuid().ToString("N"), WakeGroup)
            .ForJob(JobKeyOf(pipeline))
            .WithExecutionGroup(pipeline.Name)
            .StartNow()
            .Build();
        await scheduler.ScheduleJob(trigger, cancellationToken: cancellationToken);
    }

    /// <summary>The next time of a pipeline's clock; null where it has none.</summary>
    public async Task<DateTimeOffset?> NextAsync(PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        if (pipeline.Schedule.Cron is null)
            return null;

        var scheduler = await factory.GetScheduler(cancellationToken);
        return (await scheduler.GetTrigger(CronKeyOf(pipeline), cancellationToken))?.NextFireTimeUtc;
    }

    /// <returns>The jobs that stay.</returns>
    private async Task<HashSet<JobKey>> RemoveUndeclaredAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        var declared = pipelines.Declared.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var there = new HashSet<JobKey>();
        foreach (var group in (string[])[JobGroup, WatchGroup])
            there.UnionWith(await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(group), cancellationToken));

        foreach (var key in there.Where(key => !declared.Contains(key.Name)))
            await DeleteAsync(scheduler, key, cancellationToken);
        return there;
    }

    private static async Task DeleteAsync(IScheduler scheduler, JobKey key, CancellationToken cancellationToken)
    {
        try
        {
            await scheduler.DeleteJob(key, cancellationToken);
        }
        catch (SchedulerException)
        {
            // the trigger that recovers a lost worker's run fired, and was gone, before it could be removed
            await scheduler.DeleteJob(key, cancellationToken);
        }
    }

    /// <summary>The times of a pipeline's clock, where the schedule has others or none; null where nothing is to be done.</summary>
    private async Task<ITrigger?> FindNewTimesAsync(IScheduler scheduler, PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var key = CronKeyOf(pipeline);
        var there = await scheduler.GetTrigger(key, cancellationToken) as ICronTrigger;
        if (pipeline.Schedule.Cron is not { } cron)
        {
            if (there is not null)
                await scheduler.UnscheduleJob(key, cancellationToken);
            return null;
        }

        var misfire = pipeline.Schedule.CatchUp ? CronTriggerMisfireInstruction.IgnoreMisfires : CronTriggerMisfireInstruction.DoNothing;
        if (there is not null && there.CronExpressionString == cron.CronExpressionString && there.TimeZone.Id == cron.TimeZone.Id
            && there.MisfireInstruction == misfire)
            return null;

        return TriggerBuilder.Create(time)
            .WithIdentity(key)
            .ForJob(JobKeyOf(pipeline))
            .WithExecutionGroup(pipeline.Name)
            .WithSchedule(CronScheduleBuilder.Create(cron).WithMisfireInstruction(misfire))
            .Build();
    }

    private async Task WatchAsync(IScheduler scheduler, PipelineDefinition pipeline, CancellationToken cancellationToken)
    {
        var key = new TriggerKey(pipeline.Name, WatchGroup);
        var there = await scheduler.GetTrigger(key, cancellationToken) as ISimpleTrigger;
        if (pipeline.Schedule.WhenNew.Count == 0)
        {
            if (there is not null)
                await scheduler.UnscheduleJob(key, cancellationToken);
            return;
        }

        var every = pipeline.Schedule.CheckEvery;
        if (there?.RepeatInterval == every)
            return;

        var job = JobBuilder.Create<UpstreamJob>().WithIdentity(new JobKey(pipeline.Name, WatchGroup)).Build();
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(key)
            .WithExecutionGroup(pipeline.Name)
            .StartAt(time.GetUtcNow() + every)
            .WithSimpleSchedule(every)
            .Build();
        await scheduler.ScheduleJob(job, trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }

    private static JobKey JobKeyOf(PipelineDefinition pipeline) => new(pipeline.Name, JobGroup);

    private static TriggerKey CronKeyOf(PipelineDefinition pipeline) => new(pipeline.Name, CronGroup);
}
