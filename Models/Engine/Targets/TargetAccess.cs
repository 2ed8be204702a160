using Models.Database.Adapters;
using Models.Database.Catalog;
using Models.Database.Sessions;
using Models.Database.Targets;
using Models.Parsing;

namespace Models.Engine.Targets;

/// <summary>A target looked at but not built into: what compile, show and the like need. It connects only when a template asks something.</summary>
internal sealed class TargetAccess : IAsyncDisposable
{
    private readonly TargetSource _source;
    private readonly string? _refusal;

    private TargetAccess(ParsedProject project, TargetSource source, string? refusal)
    {
        Project = project;
        _source = source;
        _refusal = refusal;
        Session = OpenSession();
        Cache = new RelationCache(project.Target.Database);
        Connection = new RunConnection(Session, Cache);
    }

    public ParsedProject Project { get; }

    public Session Session { get; }

    public RelationCache Cache { get; }

    public RunConnection Connection { get; }

    /// <param name="project">Whose target.</param>
    /// <param name="observer">Takes the statements where it reads debug messages.</param>
    /// <param name="sessions">How many sessions there may be beside <see cref="Session"/>.</param>
    public static TargetAccess Open(ParsedProject project, IRunObserver observer, int sessions = 1) =>
        new(project, TargetSource.Create(project.Target, sessions + 1, StatementLog(observer)), refusal: null);

    /// <summary>A target that nothing may be asked of: what needs an answer fails for the reason given.</summary>
    public static TargetAccess Closed(ParsedProject project, string refusal) => new(project, TargetSource.Create(project.Target, 1, log: null), refusal);

    /// <summary>What passes the statements on to <paramref name="observer"/>; null where it does not read them.</summary>
    internal static Action<string>? StatementLog(IRunObserver observer) => observer.ReadsDebug ? observer.Debug : null;

    public Session OpenSession() => new(_source, TargetConnection.Role(Project.Target), whyClosed: _refusal);

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await _source.DisposeAsync();
    }
}
