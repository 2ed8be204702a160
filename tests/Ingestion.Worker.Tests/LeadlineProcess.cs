using System.Diagnostics;

namespace Ingestion.Worker.Tests;

/// <summary>The command line as a client of a worker.</summary>
internal static class LeadlineProcess
{
    public static async Task<(int ExitCode, string Output)> RunAsync(WorkerProcess worker, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "leadline.dll"), .. arguments, "--url", worker.Http.BaseAddress!.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (output + await error).Trim());
    }
}
