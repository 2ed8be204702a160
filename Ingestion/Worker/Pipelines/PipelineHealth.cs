using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ingestion.Worker.Pipelines;

/// <summary>Healthy once every pipeline ran well: what others read is there. A later run that fails leaves it there.</summary>
internal sealed class PipelineHealth(ChosenPipelines pipelines, PipelineStates states) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var waiting = pipelines.All.Where(p => !states.HasSucceeded(p)).Select(p => p.Name).ToList();
        return Task.FromResult(waiting.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"Not run yet: {string.Join(", ", waiting)}"));
    }
}
