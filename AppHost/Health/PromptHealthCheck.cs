using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AppHost.Health;

/// <summary>
/// Asks again and again until the resource is healthy. Aspire asks a resource that is not healthy after 1, 2, 3, 4 and then every
/// 5 seconds, so that what waits for it would start seconds late. A resource that was healthy is asked once: what it lost is shown at once.
/// </summary>
internal sealed class PromptHealthCheck(Func<CancellationToken, Task<HealthCheckResult>> ask) : IHealthCheck
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Then the reason is shown on the dashboard, and Aspire asks again.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private bool _wasHealthy;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var result = await ask(cancellationToken);
            if (result.Status == HealthStatus.Healthy || _wasHealthy || Stopwatch.GetElapsedTime(started) > s_patience)
            {
                _wasHealthy = result.Status == HealthStatus.Healthy;
                return result;
            }

            await Task.Delay(s_interval, cancellationToken);
        }
    }
}
