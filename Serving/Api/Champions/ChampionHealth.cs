using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Serving.Api.Champions;

/// <summary>Healthy once there is a model that can answer.</summary>
internal sealed class ChampionHealth(ChampionHolder holder) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(holder.Current is { } champion
            ? HealthCheckResult.Healthy($"Model {champion.Model.Version} answers.")
            : HealthCheckResult.Unhealthy("There is no champion yet."));
}
