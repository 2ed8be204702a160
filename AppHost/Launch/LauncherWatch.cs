using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace AppHost.Launch;

/// <summary>
/// Ends the application when the <c>dotnet run</c> that started it was killed hard: it cannot pass that on, and nobody would be
/// left to stop what runs.
/// </summary>
internal sealed class LauncherWatch(IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // on Windows dotnet run ends its children with itself
        if (OperatingSystem.IsWindows())
            return;

        try
        {
            using var parent = Process.GetProcessById(ParentProcessId());
            if (parent.ProcessName != "dotnet")
                return;

            await parent.WaitForExitAsync(stoppingToken);
        }
        catch (ArgumentException)
        {
            // gone between the two calls
        }

        lifetime.StopApplication();
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ParentProcessId();
}
