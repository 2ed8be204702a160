using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Looks at a running resource's health checks until all pass, and then tells those who asked.</summary>
internal sealed class Readiness(HealthCheckService health, ResourceNotificationService notifications, IServiceProvider services)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    public async Task ReachAsync(IResource resource, CancellationToken cancellationToken)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key).ToHashSet(StringComparer.Ordinal);
        while (keys.Count > 0)
        {
            var report = await health.CheckHealthAsync(check => keys.Contains(check.Name), cancellationToken);
            if (report.Status == HealthStatus.Healthy)
                break;

            await Task.Delay(s_look, cancellationToken);
        }

        foreach (var ready in resource.Annotations.OfType<ResourceReadyAnnotation>())
            await ready.Callback(new ResourceReadyEvent(resource, services), cancellationToken);

        await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { IsReady = true });
    }
}
