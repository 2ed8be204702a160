using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Exports traces and metrics while the service runs: the sources and meters that .NET, ASP.NET Core and Npgsql have built in
/// (https://learn.microsoft.com/dotnet/core/diagnostics/built-in-metrics), and every one of ours, whose names start with
/// <c>Leadline.</c>
/// </summary>
internal sealed class TelemetryExport(ResourceBuilder resource) : IHostedLifecycleService, IDisposable
{
    private static readonly string[] s_sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Leadline.*"];

    private static readonly string[] s_meters =
        ["Microsoft.AspNetCore.*", "System.Net.Http", "System.Net.NameResolution", "System.Runtime", "Npgsql", "Leadline.*"];

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <summary>Before every other service starts, so that their first spans are seen.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(s_sources)
            .AddProcessor(new HealthRequestFilter())
            .AddOtlpExporter()
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(s_meters)
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After every other service has stopped: what is left is sent.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        (_traces, _metrics) = (null, null);
    }
}
