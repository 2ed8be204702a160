using Models.Compiler;
using Models.Compiler.Graph;
using Models.Diagnostics;
using Models.Runner.History;
using Npgsql;

namespace Models.Runner.Execution;

/// <summary>The database that a run writes into: its connections, its lock and what is in it.</summary>
internal sealed class TargetDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly RunLock _lock;
    private readonly string? _role;
    private bool _historyIsRefused;

    private TargetDatabase(NpgsqlDataSource source, RunLock runLock, RelationCache cache, string? role, int threads)
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
        ParsedProject project, NpgsqlDataSource source, RunOptions options, IRunObserver observer, TimeProvider clock, CancellationToken cancellationToken)
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
            if (failure is NpgsqlException unreachable)
                throw TargetConnection.Explain(unreachable, project.Target);
            throw;
        }
    }

    // a server that is starting, or full for a moment, is worth waiting for
    private static async Task<RunLock> TakeLockAsync(
        NpgsqlDataSource source, ParsedProject project, RunOptions options, IRunObserver observer, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunLock.TakeAsync(
                    source, project.Name, project.Target.Schema, options.LockTimeout, line => observer.Said(line, isWarning: false), clock, cancellationToken);
            }
            catch (NpgsqlException busy) when (attempt < (IsBusy(busy) ? Transience.Attempts : TargetConnection.Retries(project.Target) + 1) && Transience.IsTransient(busy))
            {
                observer.Said($"{busy.Message.ReplaceLineEndings(" ")}; trying again in {Transience.Pause(attempt).TotalSeconds:0.0} s", isWarning: true);
                await Task.Delay(Transience.Pause(attempt), clock, cancellationToken);
            }
        }
    }

    private static bool IsBusy(NpgsqlException failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow };

    public Session OpenSession() => new(_source, _role);

    /// <summary>Reads what is there and makes the schemas that are not.</summary>
    public async Task PrepareAsync(ParsedProject project, IReadOnlyCollection<string> schemas, CancellationToken cancellationToken)
    {
        await Cache.LoadAsync(_lock.Connection, schemas, _role, cancellationToken);
        await using var session = OpenSession();
        foreach (var schema in schemas.Where(s => !Cache.HasSchema(s)))
        {
            try
            {
                await CreateSchemaAsync(project, schema, session, cancellationToken);
            }
            catch (StatementException raced) when (raced.Refusal.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateSchema)
            {
                // another project's run made it at the same moment
            }
            catch (StatementException refused)
            {
                throw new RunException($"Schema '{schema}' cannot be made: {refused.Message}. Have it made by its owner, or grant 'create' on the database.", refused);
            }

            Cache.AddSchema(schema);
        }
    }

    // a project may have its own way, which grants something for example
    private async Task CreateSchemaAsync(ParsedProject project, string schema, Session session, CancellationToken cancellationToken)
    {
        const string call = "{{ create_schema(api.Relation.create(database=target.database, schema=leadline_schema)) }}";
        if (!project.Replaces("create_schema", project.Name))
        {
            await session.ExecuteAsync([$"create schema if not exists {Relation.Quote(schema)}"], cancellationToken);
            return;
        }

        await session.OpenAsync(cancellationToken);
        project.RenderText(call, SourceSpan.WholeFile("create_schema"), node: null, new RunWarehouse(session, Cache), new Dictionary<string, object?> { ["leadline_schema"] = schema });
    }

    /// <summary>Makes the tables of the history; false, and a warning, where the target does not allow it.</summary>
    public async Task<bool> TryPrepareHistoryAsync(IRunObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            await using var session = OpenSession();
            await HistoryTables.EnsureAsync(await session.OpenAsync(cancellationToken), cancellationToken);
            return true;
        }
        catch (PostgresException refused)
        {
            _historyIsRefused = true;
            observer.Said($"Neither measurements nor the run are kept in schema leadline: {refused.MessageText}", isWarning: true);
            return false;
        }
    }

    /// <summary>Keeps the run in the target's history; a target that does not allow it is told about and no failure.</summary>
    public async Task RecordAsync(ParsedProject project, RunOptions options, int historyDays, RunSummary summary, IRunObserver observer)
    {
        if (_historyIsRefused)
            return;

        try
        {
            await using var session = OpenSession();
            var connection = await session.OpenAsync(CancellationToken.None);
            await HistoryTables.EnsureAsync(connection, CancellationToken.None);
            await RunHistory.WriteAsync(connection, project.Name, project.Target.Schema, options.Verb, summary, CancellationToken.None);

            // a shadow that was not swapped in is gone, and who cancelled wants no more queries
            if (summary.Cancelled || (options.BlueGreen && !summary.Success))
                return;

            await RowCounts.WriteAsync(connection, summary, CancellationToken.None);
            await ColumnProfiles.WriteAsync(connection, summary, options.ProfileColumns, CancellationToken.None);

            // last: who may add to the history need not be allowed to take from it
            await Retention.ApplyAsync(connection, project.Target.Schema, historyDays, CancellationToken.None);
        }
        catch (NpgsqlException refused)
        {
            var reason = refused is PostgresException said ? said.MessageText : refused.Message.ReplaceLineEndings(" ");
            observer.Said($"The run is not wholly kept in schema leadline: {reason}", isWarning: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _lock.DisposeAsync();
        await _source.DisposeAsync();
    }
}
