using System.Data.Common;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Settings;
using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;

namespace Ingestion.Worker.Scheduling;

/// <summary>Adds the schedule, which is kept in the warehouse and shared by its workers.</summary>
internal static class ScheduleStart
{
    private const string TablePrefix = "ingestion.quartz_";

    public static void AddSchedule(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.UseRegisteredDataSource = true);
                store.UseClustering(cluster =>
                {
                    // a worker that is slow is taken for lost without harm: its pipelines' locks say that it runs them
                    cluster.CheckinInterval = TimeSpan.FromSeconds(2);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(5);
                });
                store.ConfigureStore(options => options.TablePrefix = TablePrefix);
            });
            quartz.AddSchedulerListener<SchedulerErrors>();
        });
        services.AddOptions<ThreadPoolOptions>()
            .Configure<IOptions<IngestionOptions>>((pool, ingestion) => pool.MaxConcurrency = ingestion.Value.ParallelPipelines);
        services.AddOptions<QuartzSchedulerOptions>().Configure<PipelineCatalog>(ServeChosen);
        services.AddQuartzHostedService(options =>
        {
            options.WaitForJobsToComplete = true;
            options.AwaitApplicationStarted = false;
        });

        // SchedulerErrors says in one line what it says with its stack
        builder.Logging.AddFilter("Quartz", LogLevel.None);
    }

    /// <summary>A worker that runs some of the pipelines leaves the others to those that run them.</summary>
    private static void ServeChosen(QuartzSchedulerOptions options, PipelineCatalog pipelines)
    {
        if (pipelines.Chosen.Count == pipelines.Declared.Count)
            return;

        foreach (var pipeline in pipelines.Chosen)
            options.ServedExecutionGroups.Add(pipeline.Name);
    }
}
