using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace ServiceDefaults.Telemetry;

/// <summary>Adds OpenTelemetry, which costs nothing where no endpoint is configured.</summary>
internal static class TelemetryStart
{
    /// <summary>https://opentelemetry.io/docs/specs/otel/protocol/exporter/</summary>
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
            return;

        // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win over the application's own name
        var resource = ResourceBuilder.CreateEmpty()
            .AddService(builder.Environment.ApplicationName)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();

        builder.Services.AddSingleton(resource);
        builder.Services.AddHostedService<TelemetryExport>();
        builder.Logging.AddOpenTelemetry(options =>
        {
            options.IncludeScopes = true;
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(resource);
            options.AddOtlpExporter();
        });
    }
}
