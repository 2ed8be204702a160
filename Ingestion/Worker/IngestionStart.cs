using Ingestion.Connectors.Loading;
using Ingestion.Worker.Api;
using Ingestion.Worker.History;
using Ingestion.Worker.Pipelines;
using Ingestion.Worker.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ServiceDefaults;

namespace Ingestion.Worker;

public static class IngestionStart
{
    /// <summary>Adds the pipelines and runs them at start; the warehouse's data source is registered already.</summary>
    public static TBuilder AddIngestion<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<IngestionOptions>().BindConfiguration(IngestionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<TableLoader>();
        builder.Services.AddSingleton<SourceConnections>();
        builder.Services.AddSingleton<IngestStep>();
        builder.Services.AddSingleton<ModelStep>();
        builder.Services.AddSingleton<RunHistory>();
        builder.Services.AddSingleton<PipelineRunner>();
        builder.Services.AddSingleton<PipelineStates>();
        builder.Services.AddSingleton<ChosenPipelines>();
        builder.Services.AddSingleton<IStartCheck>(services => services.GetRequiredService<ChosenPipelines>());
        builder.Services.AddSingleton<IngestionFolders>();
        builder.Services.AddSingleton<IStartCheck>(services => services.GetRequiredService<IngestionFolders>());
        builder.Services.AddHostedService<PipelineService>();
        builder.Services.AddHealthChecks().AddCheck<PipelineHealth>("pipelines");
        builder.Services.AddProblemDetails();
        return builder;
    }

    /// <summary>Maps the pipelines' endpoints, and problem details for every error.</summary>
    public static WebApplication MapPipelines(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapPipelineApi();
        return app;
    }
}
