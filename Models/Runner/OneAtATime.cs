namespace Models.Runner;

/// <summary>Passes calls on one at a time: templates log and print from every thread that renders.</summary>
internal sealed class OneAtATime(IRunObserver inner) : RelayingObserver
{
    private readonly Lock _lock = new();

    public static OneAtATime Around(IRunObserver observer) => observer as OneAtATime ?? new OneAtATime(observer);

    protected override void Relay(Action<IRunObserver> call)
    {
        lock (_lock)
            call(inner);
    }
}
