using System.Diagnostics;
using Models.Postgres.Processes;

namespace Aspire.Hosting.Running;

/// <summary>Ends a process: asked first, killed when it does not listen.</summary>
internal static class ProcessStop
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>SIGTERM, a grace period, then SIGKILL to it and its children. Where there are no signals, killed at once.</summary>
    public static async Task StopAsync(Process process)
    {
        if (process.HasExited)
            return;

        if (ProcessSignal.SendTerminate(process.Id))
        {
            using var grace = new CancellationTokenSource(Patience);
            try
            {
                await process.WaitForExitAsync(grace.Token);
                return;
            }
            catch (OperationCanceledException)
            {
                // it had its time
            }
        }

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }
}
