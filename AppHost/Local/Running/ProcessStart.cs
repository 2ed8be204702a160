using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Running;

/// <summary>Starts the process of an executable or a project, with the environment that its model asks for.</summary>
internal sealed class ProcessStart(ResourceConsole console, IConfiguration configuration)
{
    /// <summary>What was meant for this process alone.</summary>
    private static readonly string[] s_own = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "OTEL_SERVICE_NAME"];

    /// <exception cref="DistributedApplicationException">The program is missing or cannot be started.</exception>
    public async Task<RunningProcess> StartAsync(IResource resource, CancellationToken cancellationToken)
    {
        var start = resource switch
        {
            ExecutableResource executable => new ProcessStartInfo(executable.Command) { WorkingDirectory = executable.WorkingDirectory },
            _ => Project(resource.Annotations.OfType<ProjectAnnotation>().Single().Metadata),
        };
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        await AddArgumentsAsync(start, resource, cancellationToken);
        await AddEnvironmentAsync(start, resource, cancellationToken);
        try
        {
            return new RunningProcess(Process.Start(start)!, line => console.Write(resource, line));
        }
        catch (Win32Exception e)
        {
            throw new DistributedApplicationException($"'{resource.Name}' cannot be started: {e.Message}.", e);
        }
    }

    /// <summary>The built program itself: no build and no <c>dotnet run</c> in between.</summary>
    private static ProcessStartInfo Project(IProjectMetadata project)
    {
        var assembly = ((IBuiltProjectMetadata)project).TargetPath;
        var program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        if (!File.Exists(assembly))
            throw new DistributedApplicationException($"'{assembly}' is not there. Build the solution first.");

        var start = File.Exists(program) ? new ProcessStartInfo(program) : new ProcessStartInfo("dotnet", [assembly]);
        start.WorkingDirectory = Path.GetDirectoryName(project.ProjectPath)!;
        return start;
    }

    private static async Task AddArgumentsAsync(ProcessStartInfo start, IResource resource, CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext();
        foreach (var arguments in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
            await arguments.Callback(context);

        foreach (var argument in context.Args)
            start.ArgumentList.Add(await TextAsync(argument, cancellationToken));
    }

    private async Task AddEnvironmentAsync(ProcessStartInfo start, IResource resource, CancellationToken cancellationToken)
    {
        foreach (var name in s_own.Concat(start.Environment.Keys.Where(key => key.StartsWith("ASPIRE_", StringComparison.Ordinal)).ToList()))
            start.Environment.Remove(name);

        // the children watch this process, since one that is killed hard cannot stop them
        start.Environment["LEADLINE_PARENT_PID"] = Environment.ProcessId.ToString();
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } endpoint)
        {
            start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
            start.Environment["OTEL_SERVICE_NAME"] = resource.Name;
        }

        var addresses = resource is ProjectResource project
            ? project.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(project, e.Name).Url).ToList()
            : [];
        if (addresses.Count > 0)
            start.Environment["ASPNETCORE_URLS"] = string.Join(';', addresses);

        var context = new EnvironmentCallbackContext();
        foreach (var environment in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await environment.Callback(context);

        foreach (var (name, value) in context.EnvironmentVariables)
            start.Environment[name] = await TextAsync(value, cancellationToken);
    }

    private static async ValueTask<string> TextAsync(object value, CancellationToken cancellationToken) =>
        (value is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) : value.ToString()) ?? "";
}
