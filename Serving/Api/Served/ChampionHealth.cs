using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Serving.Api.Served;

/// <summary>Healthy once there is a model that can answer <c>POST /predict</c>.</summary>
internal sealed class ChampionHealth(ServedPredictions served) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(served.Default.Champions.Current is { } champion
            ? HealthCheckResult.Healthy($"Model {champion.Model.Version} answers.")
            : HealthCheckResult.Unhealthy("There is no champion yet."));
}
