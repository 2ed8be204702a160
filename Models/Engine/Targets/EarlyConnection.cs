using Models.Database.Targets;
using Models.Parsing;
using Models.Project.Configuration;

namespace Models.Engine.Targets;

/// <summary>
/// Connects to the target while the project is being parsed, so that a run does not wait for one after the other. Best effort: a failure
/// is ignored here, because the run opens the connection again when it needs it and reports the error then.
/// </summary>
internal sealed class EarlyConnection : IAsyncDisposable
{
    private readonly RunOptions _options;
    private readonly IRunObserver _observer;
    private readonly Task<TargetSource?> _source;
    private bool _isTaken;

    private EarlyConnection(RunOptions options, IRunObserver observer)
    {
        _options = options;
        _observer = observer;
        _source = Task.Run(CreateSource);
    }

    public static EarlyConnection Start(RunOptions options, IRunObserver observer, CancellationToken cancellationToken)
    {
        var early = new EarlyConnection(options, observer);
        _ = Task.Run(() => early.OpenAsync(cancellationToken), CancellationToken.None);
        return early;
    }

    /// <summary>The connections to the target, which are the caller's from now on.</summary>
    public async Task<TargetSource> TakeSourceAsync(Target target)
    {
        _isTaken = true;
        return await _source ?? CreateSource(target);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isTaken && await _source is { } source)
            await source.DisposeAsync();
    }

    private TargetSource? CreateSource()
    {
        try
        {
            return ProjectParser.ReadTarget(_options.Compile) is { } target ? CreateSource(target) : null;
        }
        catch (Exception failure) when (failure is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private TargetSource CreateSource(Target target) =>
        TargetSource.Create(target, (_options.Threads ?? target.Threads) + 2, TargetAccess.StatementLog(_observer));

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (await _source is { } source)
            await source.WarmUpAsync(cancellationToken);
    }
}
