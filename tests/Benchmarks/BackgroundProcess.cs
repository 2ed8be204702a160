using System.Diagnostics;

namespace Benchmarks;

/// <summary>A service that runs while it is measured; killed with its children when the benchmark ends.</summary>
internal sealed class BackgroundProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public BackgroundProcess(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        _process = Process.Start(start) ?? throw new BenchmarkException($"'{file}' did not start");
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => LastError = line.Data ?? LastError;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The most resident memory until now; 0 where the system does not tell.</summary>
    public double PeakMegabytes => ProcessRun.PeakOf(_process.Id);

    /// <summary>The processor time that it has used.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    private string? LastError { get; set; }

    /// <summary>Asks again and again until the answer is a success; the seconds since the process was started.</summary>
    public async Task<double> UntilAsync(Func<Task<HttpResponseMessage>> ask, CancellationToken cancellationToken)
    {
        while (_clock.Elapsed < s_patience && !_process.HasExited)
        {
            try
            {
                using var response = await ask();
                if (response.IsSuccessStatusCode)
                    return _clock.Elapsed.TotalSeconds;
            }
            catch (HttpRequestException)
            {
                // it does not listen yet
            }

            await Task.Delay(25, cancellationToken);
        }

        throw new BenchmarkException($"'{_process.StartInfo.FileName}' did not answer: {LastError}");
    }

    /// <summary>Asks the process to end as Ctrl-C and service managers do; the seconds until it has.</summary>
    public async Task<double> StopAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync(cancellationToken);

        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode == 0
            ? clock.Elapsed.TotalSeconds
            : throw new BenchmarkException($"'{_process.StartInfo.FileName}' ended with {_process.ExitCode} when it was asked to stop: {LastError}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
