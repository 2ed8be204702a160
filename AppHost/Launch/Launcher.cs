using AppHost.Warehouse;
using Microsoft.Extensions.DependencyInjection;
using Models.Postgres.Machine;

namespace AppHost.Launch;

/// <summary>Runs the application from its command line to its exit code.</summary>
internal static class Launcher
{
    /// <summary>
    /// Reads the options, adds the topology and runs it. The result is 0, or 1 when a part of the application ended unasked, or 2
    /// when it cannot be started as asked: then one line says why, and nothing was started.
    /// </summary>
    public static async Task<int> RunAsync(string[] args, Func<IDistributedApplicationBuilder, LaunchOptions, Task> addTopology)
    {
        try
        {
            var line = CommandLine.Parse(args);
            if (line.Help)
            {
                Console.WriteLine(CommandLine.Usage);
                return 0;
            }

            var builder = DistributedApplication.CreateBuilder([.. line.HostArguments, .. ContentRoot()]);
            var options = LaunchOptions.Read(builder.Configuration, line, Path.GetDirectoryName(builder.AppHostDirectory)!);
            if (builder.ExecutionContext.IsRunMode)
            {
                options.RequireFreePort();
                DashboardPorts.Choose(builder.Configuration);
            }
            else
            {
                PublishStep.Require(builder.Configuration);
            }

            await addTopology(builder, options);
            foreach (var project in builder.Resources.OfType<ProjectResource>())
                builder.CreateResourceBuilder(project).WithTargetEnvironment().WithBuiltProgram().WithBriefTelemetryExport();

            if (builder.ExecutionContext.IsRunMode)
            {
                builder.Services.AddHostedService<LauncherWatch>();
                builder.Services.AddHostedService<ResourceWatch>();
            }

            await builder.Build().RunAsync();
            return Environment.ExitCode;
        }
        catch (OperationCanceledException)
        {
            // stopped while it started
            return Environment.ExitCode;
        }
        catch (Exception e) when (e is LaunchException or PostgresServerException)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return 2;
        }
    }

    /// <summary>The settings are read from the project's folder, wherever the user stands.</summary>
    private static string[] ContentRoot() => Directory.Exists(Projects.AppHost.ProjectPath) ? ["--contentRoot", Projects.AppHost.ProjectPath] : [];
}
