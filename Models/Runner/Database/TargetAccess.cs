using Models.Compiler;
using Npgsql;

namespace Models.Runner.Database;

/// <summary>A target looked at but not built into: what compile, show and the like need. It connects only when a template asks something.</summary>
internal sealed class TargetAccess : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private TargetAccess(ParsedProject project, NpgsqlDataSource source)
    {
        Project = project;
        _source = source;
        Session = OpenSession();
        Cache = new RelationCache(project.Target.Database);
        Warehouse = new RunWarehouse(Session, Cache);
    }

    public ParsedProject Project { get; }

    public Session Session { get; }

    public RelationCache Cache { get; }

    public RunWarehouse Warehouse { get; }

    /// <param name="project">Whose target.</param>
    /// <param name="sessions">How many sessions there may be beside <see cref="Session"/>.</param>
    public static TargetAccess Open(ParsedProject project, int sessions = 1) => new(project, TargetConnection.CreateSource(project.Target, sessions + 1));

    public Session OpenSession() => new(_source, TargetConnection.Role(Project.Target));


    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await _source.DisposeAsync();
    }
}
