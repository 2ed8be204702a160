using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Health;

/// <summary>The two health endpoints of every service. Orchestrators poll them, so they are kept out of traces and metrics.</summary>
internal static class HealthEndpoints
{
    private const string HealthPath = "/health";
    private const string AlivePath = "/alive";
    private const string LiveTag = "live";

    public static void AddDefaultHealthChecks(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);

    public static void MapHealthEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(HealthPath).DisableHttpMetrics();
        app.MapHealthChecks(AlivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) }).DisableHttpMetrics();
    }

    public static bool IsHealthRequest(HttpContext context) =>
        IsBelow(context.Request.Path, HealthPath) || IsBelow(context.Request.Path, AlivePath);

    // routes ignore case and a trailing slash
    private static bool IsBelow(PathString path, string endpoint) => path.StartsWithSegments(endpoint, StringComparison.OrdinalIgnoreCase);
}
