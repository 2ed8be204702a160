using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Health;
using ServiceDefaults.Logs;
using ServiceDefaults.Security;
using ServiceDefaults.Telemetry;

namespace ServiceDefaults;

/// <summary>What every service starts with.</summary>
public static class ServiceStart
{
    /// <summary>
    /// Adds telemetry (exported over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set), console logs (lines in Development,
    /// JSON elsewhere), health checks, the hosts a service answers to and its security headers, and service discovery and resilience
    /// for every <see cref="HttpClient"/> of the factory.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddConsoleLogs();
        builder.AddTelemetry();
        builder.AddDefaultHealthChecks();
        builder.AddRequestDefaults();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (every check: the service has done what others wait for) and <c>/alive</c> (the process answers).
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthEndpoints();
        return app;
    }
}
