namespace AppHost.Launch;

/// <summary>What a service does with its telemetry while this host runs it.</summary>
internal static class TelemetryExport
{
    /// <summary>Milliseconds that one OTLP export may take.</summary>
    private const string Timeout = "500";

    /// <summary>
    /// Limits an OTLP export, by default 10 s. When everything stops, the dashboard is gone before the services, and each of them would
    /// wait for it with its last spans and logs. A dashboard that runs answers within milliseconds.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithBriefTelemetryExport(this IResourceBuilder<ProjectResource> project) =>
        project.ApplicationBuilder.ExecutionContext.IsRunMode ? project.WithEnvironment("OTEL_EXPORTER_OTLP_TIMEOUT", Timeout) : project;
}
