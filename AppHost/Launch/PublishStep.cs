using Microsoft.Extensions.Configuration;

namespace AppHost.Launch;

/// <summary>What a run in publish mode is to write.</summary>
internal static class PublishStep
{
    /// <summary>Aspire would write nothing, and say nothing, for an application without a compute environment.</summary>
    /// <exception cref="LaunchException">The step writes files for a compute environment, and there is none.</exception>
    public static void Require(IConfiguration configuration)
    {
        var step = configuration["Pipeline:Step"] ?? "publish";
        if (step is "publish" or "deploy" or "build" or "push")
        {
            throw new LaunchException(
                $"There is nothing to {step}: the application has no compute environment such as Docker Compose or Kubernetes. What can be written is " +
                "the manifest: dotnet run --project AppHost -- --operation publish --publisher manifest --output-path FILE");
        }
    }
}
