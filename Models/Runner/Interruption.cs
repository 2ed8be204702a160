using System.Runtime.InteropServices;
using Models.Runner.Commands;

namespace Models.Runner;

/// <summary>
/// Handles Ctrl-C and SIGTERM. The first signal cancels the command; a second one, or a command that does not react, ends the process. The exit code
/// is always <see cref="ExitCodes.Unusable"/>, as in dbt.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _count;

    public Interruption() =>
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];

    public CancellationToken Token => _source.Token;

    public bool HasOccurred => Volatile.Read(ref _count) > 0;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
            Environment.Exit(ExitCodes.Unusable);

        _ = CancelAsync();
    }

    private async Task CancelAsync()
    {
        var deadline = Task.Delay(Grace);
        await _source.CancelAsync();
        await deadline;
        Environment.Exit(ExitCodes.Unusable);
    }
}
