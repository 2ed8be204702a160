using Microsoft.Extensions.Diagnostics.HealthChecks;
using Serving.Api.Reads;
using Serving.Api.Served;
using Serving.Features;
using Serving.Scoring.Features;

namespace Serving.Api.Features;

/// <summary>Healthy while the features can be read: the same statement as a score's, for an entity that may not exist.</summary>
internal sealed class FeaturesHealth(ServedPredictions served) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await served.Default.FindAsync(AnyKey(served.Default.Declaration), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (WarehouseException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }

    private static EntityKey AnyKey(PredictionDeclaration declaration) => new([.. declaration.Entity.Select(column => column.Type switch
    {
        "uuid" => Guid.Empty.ToString(),
        "date" => "2000-01-01",
        _ => "0",
    })]);
}
