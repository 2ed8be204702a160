using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AppHost.Health;

/// <summary>Health checks that notice at once when a resource becomes healthy.</summary>
internal static class HealthBuilderExtensions
{
    /// <param name="ask">Makes, from the resource, what is asked until it is healthy.</param>
    public static IResourceBuilder<T> WithPromptHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<T, Func<CancellationToken, Task<HealthCheckResult>>> ask)
        where T : IResource
    {
        var key = $"{builder.Resource.Name}_prompt_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().AddCheck(key, new PromptHealthCheck(ask(builder.Resource)));
        return builder.WithHealthCheck(key);
    }
}
