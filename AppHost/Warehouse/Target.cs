using Microsoft.Extensions.Hosting;

namespace AppHost.Warehouse;

/// <summary>The environment that the services run in, and with it the schemas that the models are built under.</summary>
internal static class Target
{
    /// <summary>What is published runs in production, whoever publishes it.</summary>
    public static string Environment(IDistributedApplicationBuilder builder) =>
        builder.ExecutionContext.IsPublishMode ? Environments.Production : builder.Environment.EnvironmentName;

    /// <summary>Every schema of the warehouse starts with it.</summary>
    public static string Schema(IDistributedApplicationBuilder builder) =>
        Environment(builder) == Environments.Production ? "prod" : $"dev_{UserName()}";

    public static IResourceBuilder<ProjectResource> WithTargetEnvironment(this IResourceBuilder<ProjectResource> project)
    {
        var environment = Environment(project.ApplicationBuilder);
        return project.WithEnvironment("DOTNET_ENVIRONMENT", environment).WithEnvironment("ASPNETCORE_ENVIRONMENT", environment);
    }

    /// <summary>The user's name as an identifier that needs no quotes.</summary>
    private static string UserName() =>
        string.Concat(System.Environment.UserName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
