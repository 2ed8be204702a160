using System.ComponentModel;
using System.Diagnostics;

namespace AppHost.Warehouse;

/// <summary>Whether containers can be run here. A client without its daemon is no runtime.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>The runtime that Aspire uses too: https://aspire.dev/get-started/prerequisites</summary>
    public static string Command => Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") is { Length: > 0 } name ? name : "docker";

    public static async Task<bool> IsHealthyAsync()
    {
        var start = new ProcessStartInfo(Command, ["ps", "--quiet", "--last", "1"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(s_patience);
            try
            {
                await process.WaitForExitAsync(patience.Token);
                return process.ExitCode == 0;
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return false;
            }
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
