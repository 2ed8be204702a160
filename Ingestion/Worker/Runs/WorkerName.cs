namespace Ingestion.Worker.Runs;

/// <summary>What the history calls this worker: its machine, and its process there.</summary>
internal static class WorkerName
{
    public static string Value { get; } = $"{Environment.MachineName}-{Environment.ProcessId}";
}
