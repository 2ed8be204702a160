using Models.Postgres.Machine;

namespace Models.Postgres.Clusters;

/// <summary>Stops a cluster's server and waits until it is gone.</summary>
internal static class ServerStop
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <param name="immediately">Without a checkpoint: the next start recovers from the log. Otherwise sessions are ended and all is written.</param>
    public static async Task StopAsync(PostgresCluster cluster, bool immediately, CancellationToken cancellationToken)
    {
        if (cluster.FindRunning() is not { } running)
            return;

        await AskAsync(cluster, running.ProcessId, immediately, cancellationToken);
        if (!immediately && !await IsGoneAsync(cluster, running.ProcessId, cancellationToken))
            await AskAsync(cluster, running.ProcessId, immediately: true, cancellationToken);

        if (!await IsGoneAsync(cluster, running.ProcessId, cancellationToken))
            throw new PostgresServerException($"The PostgreSQL server in '{cluster.Folder}' (process {running.ProcessId}) does not stop.");
    }

    private static async Task AskAsync(PostgresCluster cluster, int process, bool immediately, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            var mode = immediately ? "immediate" : "fast";
            await CapturedProcess.RunAsync(cluster.Binaries.Program("pg_ctl"), ["stop", "-s", "-W", "-m", mode, "-D", cluster.Data], cancellationToken);
        }
        else if (immediately)
        {
            ProcessSignal.SendQuit(process);
        }
        else
        {
            ProcessSignal.SendInterrupt(process);
        }
    }

    private static async Task<bool> IsGoneAsync(PostgresCluster cluster, int process, CancellationToken cancellationToken)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (ProcessSignal.IsAlive(process) && File.Exists(PostmasterFile.PathIn(cluster.Data)))
        {
            if (waited.Elapsed > s_patience)
                return false;

            await Task.Delay(s_look, cancellationToken);
        }

        return true;
    }
}
