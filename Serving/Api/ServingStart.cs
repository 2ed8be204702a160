using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Serving.Api.Access;
using Serving.Api.Configuration;
using Serving.Api.Features;
using Serving.Api.Inference;
using Serving.Api.Predict;
using Serving.Api.Predictions;
using Serving.Api.Problems;
using Serving.Api.Reads;
using Serving.Api.Registry;
using Serving.Api.Served;
using ServiceDefaults;
using Serving.Registry;

namespace Serving.Api;

public static class ServingStart
{
    /// <summary>
    /// The API leaves nothing behind in a session (settings, temporary tables, locks), so that there is nothing to reset before its next use.
    /// </summary>
    public static void Connections(NpgsqlDataSourceBuilder builder) => builder.ConnectionStringBuilder.NoResetOnClose = true;

    /// <summary>Adds what the endpoints need; the warehouse's data source is registered already.</summary>
    public static TBuilder AddServing<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<ServingOptions>().BindConfiguration(ServingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<WarehouseLog>();
        builder.Services.AddSingleton<WarehouseReads>();
        builder.Services.AddSingleton<ServedPredictions>();
        builder.Services.AddSingleton<PredictAnswers>();
        builder.Services.AddSingleton<ApiAccess>();
        builder.Services.AddSingleton<IStartCheck>(services => services.GetRequiredService<ApiAccess>());
        builder.Services.AddHostedService<ChampionRefresh>();
        builder.Services.AddSingleton<PredictionTable>();
        builder.Services.AddSingleton<PredictionQueue>();
        builder.Services.AddHostedService<PredictionWriter>();
        builder.Services.AddHealthChecks().AddCheck<ChampionHealth>("champion").AddCheck<FeaturesHealth>("features");
        builder.Services.AddExceptionHandler<RequestProblems>();
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();
        builder.Services.ConfigureHttpJsonOptions(options => ServingJson.Configure(options.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return builder;
    }

    /// <summary>Maps every endpoint of the API, its description at /openapi/v1.json, and problem details for every error.</summary>
    public static WebApplication MapServing(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapOpenApi();
        app.MapPredictApi();
        app.MapFeaturesApi();
        app.MapModelsApi();
        app.MapInferenceApi();
        return app;
    }
}
