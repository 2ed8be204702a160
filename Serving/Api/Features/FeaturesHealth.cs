using Microsoft.Extensions.Diagnostics.HealthChecks;
using Serving.Api.Reads;

namespace Serving.Api.Features;

/// <summary>Healthy while the features can be read: the same statement as a score's, for a contact that may not exist.</summary>
internal sealed class FeaturesHealth(FeatureLookup features) : IHealthCheck
{
    private const long AnyContact = 0;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await features.FindAsync(AnyContact, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (WarehouseException exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
