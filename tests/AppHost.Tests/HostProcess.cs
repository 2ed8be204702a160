using System.Collections.Concurrent;
using System.Diagnostics;

namespace AppHost.Tests;

/// <summary>The AppHost as a user runs it: a process of its own, with a command line and an exit code.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();

    private HostProcess(Process process) => Process = process;

    public Process Process { get; }

    public string Output => string.Join('\n', _lines);

    public static HostProcess Start(params IEnumerable<string> arguments) => Start([], arguments);

    public static HostProcess Start(IEnumerable<(string Name, string Value)> environment, IEnumerable<string> arguments)
    {
        var program = Path.ChangeExtension(typeof(Projects.AppHost).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        var host = new HostProcess(process);
        process.StandardInput.Close();
        process.OutputDataReceived += (_, e) => host.Add(e.Data);
        process.ErrorDataReceived += (_, e) => host.Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return host;
    }

    public static Task<(int ExitCode, string Output)> RunAsync(params IEnumerable<string> arguments) => RunAsync([], arguments);

    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<(string Name, string Value)> environment, params IEnumerable<string> arguments)
    {
        using var host = Start(environment, arguments);
        return (await host.EndAsync(), host.Output);
    }

    public async Task<int> EndAsync()
    {
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return Process.ExitCode;
    }

    /// <summary>Waits for a line that holds <paramref name="text"/>.</summary>
    public async Task<string> LineAsync(string text)
    {
        while (true)
        {
            if (_lines.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } found)
                return found;

            Process.HasExited.ShouldBeFalse($"The host ended before it wrote '{text}':\n{Output}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill(entireProcessTree: true);

        Process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is not null)
            _lines.Enqueue(line);
    }
}
