using System.Data.Common;
using Models.Database;
using Models.Database.Adapters;
using Models.Database.Catalog;
using Models.Database.Definitions;
using Models.Database.Sessions;
using Models.Database.Targets;
using Models.Diagnostics;
using Models.Parsing;

namespace Models.Engine.Targets;

/// <summary>The database that a run writes into: its connections, its lock and what is in it.</summary>
internal sealed class TargetDatabase : IAsyncDisposable
{
    private readonly TargetSource _source;
    private readonly RunLock _lock;
    private readonly string? _role;

    private TargetDatabase(TargetSource source, RunLock runLock, RelationCache cache, string? role, int threads)
    {
        _source = source;
        _lock = runLock;
        _role = role;
        Cache = cache;
        Threads = threads;
    }

    public RelationCache Cache { get; }

    /// <summary>How many nodes may run at a time.</summary>
    public int Threads { get; }

    /// <param name="project">The project whose target it is.</param>
    /// <param name="source">The target's connections; the database disposes them.</param>
    /// <exception cref="RunException">The database cannot be reached, or another run holds it.</exception>
    public static async Task<TargetDatabase> ConnectAsync(
        ParsedProject project, TargetSource source, RunOptions options, IRunObserver observer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var threads = options.Threads ?? project.Target.Threads;
        try
        {
            var runLock = await TakeLockAsync(source, project, options, observer, clock, cancellationToken);
            var cache = new RelationCache(project.Target.Database);
            return new TargetDatabase(source, runLock, cache, TargetConnection.Role(project.Target), threads);
        }
        catch (Exception failure)
        {
            await source.DisposeAsync();
            if (failure is DbException unreachable)
                throw TargetConnection.Explain(unreachable, project.Target);
            throw;
        }
    }

    // a server that is starting, or has no free connection for a moment, is worth a retry
    private static async Task<RunLock> TakeLockAsync(
        TargetSource source, ParsedProject project, RunOptions options, IRunObserver observer, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunLock.TakeAsync(
                    source,
                    project.Name,
                    project.Target.Schema,
                    options.LockTimeout,
                    line => observer.Message(line, isWarning: false),
                    clock,
                    cancellationToken);
            }
            catch (DbException busy) when (
                attempt < (TransientErrors.IsBusy(busy) ? TransientErrors.Attempts : TargetConnection.Retries(project.Target) + 1)
                && TransientErrors.IsTransient(busy))
            {
                var pause = TransientErrors.Pause(attempt);
                observer.Message($"{busy.Message.ReplaceLineEndings(" ")}; trying again in {pause.TotalSeconds:0.0} s", isWarning: true);
                await Task.Delay(pause, clock, cancellationToken);
            }
        }
    }

    public Session OpenSession() => new(_source, _role, _lock);

    /// <summary>Reads what is there and makes the schemas that are not.</summary>
    public async Task PrepareAsync(ParsedProject project, IReadOnlyCollection<string> schemas, CancellationToken cancellationToken)
    {
        await Cache.LoadAsync(_lock, schemas, _role, cancellationToken);
        await using var session = OpenSession();
        foreach (var schema in schemas.Where(s => !Cache.HasSchema(s)))
        {
            try
            {
                await CreateSchemaAsync(project, schema, session, cancellationToken);
            }
            catch (StatementException raced) when (raced.IsDuplicateSchema)
            {
                // the run of another project created it at the same moment
            }
            catch (StatementException refused)
            {
                throw new RunException(
                    $"Schema '{schema}' cannot be made: {refused.Message}. Have it made by its owner, or grant 'create' on the database.", refused);
            }

            Cache.AddSchema(schema);
        }
    }

    // a project may override create_schema, to grant rights for example
    private async Task CreateSchemaAsync(ParsedProject project, string schema, Session session, CancellationToken cancellationToken)
    {
        const string call = "{{ create_schema(api.Relation.create(database=target.database, schema=leadline_schema)) }}";
        if (!project.Replaces("create_schema", project.Name))
        {
            await session.ExecuteAsync([RelationDdl.CreateSchema(schema)], cancellationToken);
            return;
        }

        await session.OpenAsync(cancellationToken);
        project.RenderText(call, SourceSpan.WholeFile(
            "create_schema"), node: null, new RunConnection(session, Cache), new Dictionary<string, object?> { ["leadline_schema"] = schema });
    }

    public async ValueTask DisposeAsync()
    {
        await _lock.DisposeAsync();
        await _source.DisposeAsync();
    }
}
