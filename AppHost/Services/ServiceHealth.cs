using AppHost.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AppHost.Services;

/// <summary>Where a service says how it is.</summary>
internal static class ServiceHealth
{
    /// <summary>Healthy once the service has done what others wait for.</summary>
    public const string ReadyPath = "/health";

    /// <summary>Healthy while the process answers.</summary>
    public const string LivePath = "/alive";

    private static readonly HttpClient s_client = new() { Timeout = TimeSpan.FromSeconds(5) };

    public static IResourceBuilder<ProjectResource> WithHealthPaths(this IResourceBuilder<ProjectResource> service) =>
        service.WithPromptHealthCheck(resource => token => AskAsync(resource.GetEndpoint("http"), token)).WithServiceManifest();

    private static async Task<HealthCheckResult> AskAsync(EndpointReference endpoint, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await s_client.GetAsync(new Uri(endpoint.Url + ReadyPath), cancellationToken);
            return response.IsSuccessStatusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{ReadyPath} answered {(int)response.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
