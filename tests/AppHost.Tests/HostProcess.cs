using System.Collections.Concurrent;
using System.Diagnostics;

namespace AppHost.Tests;

/// <summary>The AppHost as a user runs it: a process of its own, with a command line and an exit code.</summary>
internal sealed class HostProcess : IDisposable
{
    /// <summary>A variable that every process of one run takes over from the host: the orchestrator, the dashboard, the services, the server.</summary>
    private const string RunVariable = "LEADLINE_TEST_RUN";

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly string _run;

    private HostProcess(Process process, string run) => (Process, _run) = (process, run);

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

        var run = Guid.NewGuid().ToString("N");
        start.Environment[RunVariable] = run;
        start.Environment["ASPIRE_VERSION_CHECK_DISABLED"] = "true";
        var process = Process.Start(start)!;
        var host = new HostProcess(process, run);
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

    /// <summary>The processes that the host started, and theirs, which are alive (Linux).</summary>
    public IReadOnlyList<string> Children() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(process => int.TryParse(Path.GetFileName(process), out var id) && id != Process.Id)
            .Where(process => Read(process, "environ").Contains($"{RunVariable}={_run}\0", StringComparison.Ordinal))
            .Select(process => $"{Path.GetFileName(process)}: {Read(process, "cmdline").Replace('\0', ' ')}"),
    ];

    /// <summary>Sends SIGTERM.</summary>
    public void Terminate()
    {
        using var signal = Process.Start("kill", ["-TERM", $"{Process.Id}"]);
        signal.WaitForExit();
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

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // it ended meanwhile, or belongs to somebody else
            return "";
        }
    }

    private void Add(string? line)
    {
        if (line is not null)
            _lines.Enqueue(line);
    }
}
