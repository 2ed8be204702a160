using System.Diagnostics;

namespace Benchmarks;

/// <summary>One finished process as seen from outside.</summary>
/// <param name="Seconds">Wall time from start to exit.</param>
/// <param name="PeakMegabytes">Peak resident memory; 0 where the system does not tell.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ProcessRun(double Seconds, double PeakMegabytes, int ExitCode, string Output, string Error)
{
    /// <exception cref="BenchmarkException">The process did not exit with 0.</exception>
    public static ProcessRun Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new BenchmarkException($"'{file}' did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();

        double peak = 0;
        while (!process.WaitForExit(20))
            peak = Math.Max(peak, PeakOf(process.Id));

        process.WaitForExit();
        var run = new ProcessRun(clock.Elapsed.TotalSeconds, peak, process.ExitCode, output.Result, error.Result);
        return run.ExitCode == 0
            ? run
            : throw new BenchmarkException($"'{file} {string.Join(' ', start.ArgumentList)}' ended with {run.ExitCode}: {run.Error}{run.Output}");
    }

    /// <summary>VmHWM of /proc/PID/status, in MB. Source: proc(5).</summary>
    internal static double PeakOf(int pid)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{pid}/status"))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return double.Parse(line.AsSpan(6).Trim().ToString().Split(' ')[0]) / 1024;
            }
        }
        catch (IOException)
        {
            // the process has just ended, or the system has no /proc
        }

        return 0;
    }
}

/// <summary>A benchmark that did not do what it measures: its figure would be worthless.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
