using System.Diagnostics;
using Models.Postgres.Processes;

namespace Aspire.Hosting.Running;

/// <summary>A started process and the lines it writes.</summary>
internal sealed class RunningProcess : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What a process leaves behind may hold its output open for as long as it likes.</summary>
    private static readonly TimeSpan s_lastLines = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Task _output;

    public RunningProcess(Process process, Action<string> write)
    {
        _process = process;
        process.StandardInput.Close();
        _output = Task.WhenAll(ForwardAsync(process.StandardOutput, write), ForwardAsync(process.StandardError, write));
    }

    /// <summary>The exit code, once the process has ended and its last lines are written.</summary>
    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        await Task.WhenAny(_output, Task.Delay(s_lastLines));
        return _process.ExitCode;
    }

    /// <summary>SIGTERM, a grace period, then SIGKILL to it and its children. Where there are no signals, killed at once.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
            return;

        if (ProcessSignal.SendTerminate(_process.Id))
        {
            using var grace = new CancellationTokenSource(Patience);
            try
            {
                await _process.WaitForExitAsync(grace.Token);
                return;
            }
            catch (OperationCanceledException)
            {
                // it had its time
            }
        }

        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public void Dispose() => _process.Dispose();

    private static async Task ForwardAsync(StreamReader lines, Action<string> write)
    {
        try
        {
            while (await lines.ReadLineAsync(CancellationToken.None) is { } line)
                write(line);
        }
        catch (ObjectDisposedException)
        {
            // the process was given up while something it left behind still held the pipe
        }
    }
}
