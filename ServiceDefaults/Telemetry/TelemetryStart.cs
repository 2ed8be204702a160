using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ServiceDefaults.Health;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Adds OpenTelemetry: ASP.NET Core, HTTP clients, the runtime, and every activity source and meter of ours, whose names start with
/// <c>Leadline.</c>; the warehouse's data source adds its own.
/// </summary>
internal static class TelemetryStart
{
    /// <summary>https://opentelemetry.io/docs/specs/otel/protocol/exporter/</summary>
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string OurSources = "Leadline.*";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win over the application's own name
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(OurSources))
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !HealthEndpoints.IsHealthRequest(context))
                .AddHttpClientInstrumentation()
                .AddSource(OurSources));
        if (string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]))
            // nobody takes the spans: a request's context is passed on, and nothing is recorded
            telemetry.WithTracing(traces => traces.SetSampler(new AlwaysOffSampler()));
        else
            telemetry.UseOtlpExporter();
    }
}
