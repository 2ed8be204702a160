using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ingestion.Worker.Runs;

/// <summary>Healthy once every pipeline that runs at the start did so well. A later run that fails leaves what is there.</summary>
internal sealed class PipelineHealth(ReadyPipelines ready) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(ready.Waiting is { Count: > 0 } waiting
            ? HealthCheckResult.Unhealthy($"Not run yet: {string.Join(", ", waiting)}")
            : HealthCheckResult.Healthy());
}
