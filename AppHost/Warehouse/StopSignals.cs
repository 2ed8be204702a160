using System.Runtime.InteropServices;

namespace AppHost.Warehouse;

/// <summary>Ctrl-C and SIGTERM while there is no application yet that would take them: what is under way is cancelled, not left behind.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _signals;

    public StopSignals() => _signals = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM]).Select(s => PosixSignalRegistration.Create(s, Stop))];

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
    }
}
