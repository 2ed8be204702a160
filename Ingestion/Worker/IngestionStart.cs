using Ingestion.Loading;
using Ingestion.Loading.Detection;
using Ingestion.Loading.Replication;
using Ingestion.Loading.Retrying;
using Ingestion.Loading.Streams;
using Ingestion.Loading.Webhooks;
using Ingestion.Worker.Api;
using Ingestion.Worker.History;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Runs;
using Ingestion.Worker.Scheduling;
using Ingestion.Worker.Settings;
using Ingestion.Worker.Steps;
using Ingestion.Worker.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceDefaults;

namespace Ingestion.Worker;

public static class IngestionStart
{
    /// <summary>Adds the pipelines, runs them at the start and by their schedule; the warehouse's data source is registered already.</summary>
    public static TBuilder AddIngestion<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var services = builder.Services;
        services.AddOptions<IngestionOptions>().BindConfiguration(IngestionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton<ProjectFolder>();
        services.AddSingleton<SampleQueries>();
        services.AddStartCheck<PipelineCatalog>();
        services.AddStartCheck<DataFolder>();
        services.AddStartCheck<RunTables>();
        services.AddStartCheck<ApiKeys>();

        services.AddSingleton<TableLoader>();
        services.AddSingleton<QuarantineStore>();
        services.AddSingleton<QuarantineRetry>();
        services.AddSingleton<StreamStore>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<ReplicationSlots>();
        services.AddSingleton<StreamCatalog>();
        services.AddSingleton<SourceConnections>();
        services.AddSingleton<LakeFolder>();
        services.AddSingleton<LakeTables>();
        services.AddSingleton<SourceLoads>();
        services.AddSingleton<ReaderRights>();
        services.AddSingleton<IStepAction, IngestStep>();
        services.AddSingleton<IStepAction, ExtractStep>();
        services.AddSingleton<IStepAction, LoadStep>();
        services.AddSingleton<IStepAction, ModelStep>();
        services.AddSingleton<IStepAction, ProgramStep>();
        services.AddSingleton<IStepAction, CallStep>();

        services.AddSingleton<RunQueue>();
        services.AddSingleton<RunHistory>();
        services.AddSingleton<UpstreamHistory>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<PipelineRunner>();
        services.AddSingleton<RunExecutor>();
        services.AddSingleton<FirstRuns>();
        services.AddSingleton<ReadyPipelines>();

        builder.AddSchedule();
        services.AddSingleton<PipelineScheduler>();
        services.AddHostedService<StartRuns>();
        services.AddHostedService<WaitingRuns>();

        services.AddSingleton<PipelineViews>();
        services.AddSingleton<ApiText>();
        services.AddHttpClient();
        services.AddHealthChecks().AddCheck<PipelineHealth>("pipelines");
        services.AddProblemDetails();
        return builder;
    }

    /// <summary>Maps the pipelines' endpoints, and problem details for every error.</summary>
    public static WebApplication MapPipelines(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapPipelineApi();
        app.MapQuarantineApi();
        app.MapStreamApi();
        app.MapWebhookApi();
        return app;
    }

    private static void AddStartCheck<T>(this IServiceCollection services)
        where T : class, IStartCheck
    {
        services.AddSingleton<T>();
        services.AddSingleton<IStartCheck, DeferredStartCheck<T>>();
    }
}
