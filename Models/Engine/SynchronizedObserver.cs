namespace Models.Engine;

/// <summary>Passes calls on one at a time, because templates log and print from several threads.</summary>
internal sealed class SynchronizedObserver(IRunObserver inner) : RelayingObserver
{
    private readonly Lock _lock = new();

    public static SynchronizedObserver Around(IRunObserver observer) => observer as SynchronizedObserver ?? new SynchronizedObserver(observer);

    public override bool ReadsDebug => inner.ReadsDebug;

    protected override void Relay(Action<IRunObserver> call)
    {
        lock (_lock)
            call(inner);
    }
}
