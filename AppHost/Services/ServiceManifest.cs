using AppHost.Launch;
using Aspire.Hosting.Publishing;

namespace AppHost.Services;

/// <summary>
/// Writes a service into the manifest as Aspire does (https://aspire.dev/deployment/manifest-format), and beside that what a deployment
/// has to know: whether it is a job that ends, and the paths that its probes ask.
/// </summary>
internal static class ServiceManifest
{
    public static IResourceBuilder<ProjectResource> WithServiceManifest(this IResourceBuilder<ProjectResource> project) =>
        project.WithManifestPublishingCallback(context => WriteAsync(context, project.Resource));

    private static async Task WriteAsync(ManifestPublishingContext context, ProjectResource project)
    {
        var isJob = project.HasAnnotationOfType<JobAnnotation>();
        context.Writer.WriteString("type", "project.v0");
        context.Writer.WriteString("path", context.GetManifestRelativePath(project.GetProjectMetadata().ProjectPath));
        context.Writer.WriteString("kind", isJob ? "job" : "service");
        if (!isJob)
        {
            context.Writer.WriteStartObject("health");
            context.Writer.WriteString("ready", ServiceHealth.ReadyPath);
            context.Writer.WriteString("live", ServiceHealth.LivePath);
            context.Writer.WriteEndObject();
        }

        await context.WriteCommandLineArgumentsAsync(project);
        await context.WriteEnvironmentVariablesAsync(project);
        context.WriteBindings(project);
    }
}
