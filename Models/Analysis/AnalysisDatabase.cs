using System.Collections.Concurrent;
using System.Data;
using Npgsql;

namespace Models.Analysis;

/// <summary>
/// A temporary database for one compilation. It holds sources and seeds as empty tables and models as views; only unit tests, and templates that
/// query rows, read rows from it.
/// </summary>
internal sealed class AnalysisDatabase : IAsyncDisposable
{
    private const int StatementsPerBatch = 200;

    private readonly string _serverConnectionString;
    private readonly string _name;
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _templateSource;
    private readonly int _connections;

    private AnalysisDatabase(string serverConnectionString, string name, string targetDatabase, int connections)
    {
        _serverConnectionString = serverConnectionString;
        _name = name;
        _connections = connections;
        Qualifier = new DatabaseQualifier(targetDatabase);
        TargetDatabase = targetDatabase;
        _source = Source(Settings(serverConnectionString, name), loadTypes: false);

        // templates may read values of any type, so their connections load the database's types
        _templateSource = Source(Settings(serverConnectionString, name), loadTypes: true);
    }

    public DatabaseQualifier Qualifier { get; }

    /// <summary>The name of the target's database, which relations contain.</summary>
    public string TargetDatabase { get; }

    /// <summary>Creates an empty database on a server.</summary>
    /// <param name="serverConnectionString">A connection whose role may create databases.</param>
    /// <param name="targetDatabase">The database name in the project's relations.</param>
    /// <param name="connections">The number of parallel connections.</param>
    /// <param name="cancellationToken">Cancels the creation.</param>
    /// <exception cref="NpgsqlException">The server is unreachable or rejects the request.</exception>
    public static async Task<AnalysisDatabase> CreateAsync(
        string serverConnectionString, string targetDatabase, int connections, CancellationToken cancellationToken)
    {
        var name = $"leadline_{Guid.NewGuid():N}";
        await RunOnServerAsync(serverConnectionString, $"create database {name} template template0 encoding 'UTF8'", cancellationToken);
        return new AnalysisDatabase(serverConnectionString, name, targetDatabase, connections);
    }

    /// <summary>Runs statements that do not depend on each other; each succeeds or fails independently.</summary>
    public Task<IReadOnlyList<RefusedStatement>> ExecuteAsync(
        IReadOnlyList<AnalysisStatement> statements, CancellationToken cancellationToken) =>
        ShareOutAsync(statements, ExecuteBatchAsync, cancellationToken);

    /// <summary>Runs statements one after another; each succeeds or fails independently.</summary>
    public async Task<IReadOnlyList<RefusedStatement>> ExecuteInOrderAsync(
        IReadOnlyList<AnalysisStatement> statements, CancellationToken cancellationToken)
    {
        var refused = new ConcurrentBag<RefusedStatement>();
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        foreach (var chunk in statements.Chunk(StatementsPerBatch))
            await ExecuteBatchAsync(connection, chunk, refused, cancellationToken);

        return [.. refused];
    }

    /// <summary>Lets PostgreSQL parse and analyse queries without running them.</summary>
    public Task<IReadOnlyList<RefusedStatement>> DescribeAsync(
        IReadOnlyList<AnalysisStatement> statements, CancellationToken cancellationToken) =>
        ShareOutAsync(statements, DescribeBatchAsync, cancellationToken);

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    /// <summary>Opens a connection with loaded database types, for templates and unit tests.</summary>
    public NpgsqlConnection OpenForTemplates() => _templateSource.OpenConnection();

    /// <summary>The database's interface for templates.</summary>
    public AnalysisConnection AdapterOn(NpgsqlConnection connection) => new(connection, this);

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _templateSource.DisposeAsync();
        try
        {
            await RunOnServerAsync(_serverConnectionString, $"drop database if exists {_name} with (force)", CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // the server is gone, so its databases need not be dropped
        }
    }

    private static async Task RunOnServerAsync(string serverConnectionString, string sql, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(serverConnectionString) { Pooling = false, SearchPath = null };
        await using var server = Source(settings, loadTypes: false);
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlConnectionStringBuilder Settings(string serverConnectionString, string database) =>
        new(serverConnectionString)
        {
            Database = database,
            SearchPath = null,
            IncludeFailedBatchedCommand = true,
            IncludeErrorDetail = true,
            ReadBufferSize = 65536,
            WriteBufferSize = 65536,
            CommandTimeout = 120,
            Options = "-c client_min_messages=error -c lc_messages=C -c jit=off -c synchronous_commit=off",
        };

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings, bool loadTypes)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(loadTypes));
        return builder.Build();
    }

    private async Task<IReadOnlyList<RefusedStatement>> ShareOutAsync(
        IReadOnlyList<AnalysisStatement> statements,
        Func<NpgsqlConnection, ArraySegment<AnalysisStatement>, ConcurrentBag<RefusedStatement>, CancellationToken, Task> run,
        CancellationToken cancellationToken)
    {
        if (statements.Count == 0)
            return [];

        var all = statements.ToArray();
        var size = Math.Clamp((all.Length + _connections - 1) / _connections, 1, StatementsPerBatch);
        var refused = new ConcurrentBag<RefusedStatement>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = _connections, CancellationToken = cancellationToken };
        var starts = Enumerable.Range(0, (all.Length + size - 1) / size).Select(i => i * size);
        await Parallel.ForEachAsync(starts, options, async (start, token) =>
        {
            await using var connection = await _source.OpenConnectionAsync(token);
            await run(connection, new ArraySegment<AnalysisStatement>(all, start, Math.Min(size, all.Length - start)), refused, token);
        });
        return [.. refused];
    }

    private static async Task ExecuteBatchAsync(
        NpgsqlConnection connection,
        ArraySegment<AnalysisStatement> statements,
        ConcurrentBag<RefusedStatement> refused,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { EnableErrorBarriers = true };
        var owners = new Dictionary<NpgsqlBatchCommand, AnalysisStatement>(ReferenceEqualityComparer.Instance);
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            batch.BatchCommands.Add(command);
            owners.Add(command, statement);
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException exception) when (Errors(exception).All(e => e.BatchCommand is not null && !IsServerLoss(e)))
        {
            foreach (var error in Errors(exception))
                refused.Add(new RefusedStatement(owners[error.BatchCommand!], error));
        }
    }

    private static async Task DescribeBatchAsync(
        NpgsqlConnection connection,
        ArraySegment<AnalysisStatement> statements,
        ConcurrentBag<RefusedStatement> refused,
        CancellationToken cancellationToken)
    {
        // a rejected statement ends the batch, so continue after it
        for (var start = 0; start < statements.Count;)
        {
            await using var batch = new NpgsqlBatch(connection);
            foreach (var statement in statements[start..])
                batch.BatchCommands.Add(new NpgsqlBatchCommand(statement.Sql));

            try
            {
                await using var reader = await batch.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken);
                while (await reader.NextResultAsync(cancellationToken))
                {
                }

                return;
            }
            catch (PostgresException error) when (error.BatchCommand is NpgsqlBatchCommand command && !IsServerLoss(error))
            {
                var index = start + batch.BatchCommands.IndexOf(command);
                refused.Add(new RefusedStatement(statements[index], error));
                start = index + 1;
            }
        }
    }

    /// <summary>Class 57: the server was shut down or crashed, so the error is not about the statement.</summary>
    private static bool IsServerLoss(PostgresException error) => error.SqlState.StartsWith("57P", StringComparison.Ordinal);

    private static IReadOnlyList<PostgresException> Errors(NpgsqlException exception) => exception switch
    {
        PostgresException error => [error],
        { InnerException: AggregateException inner } when inner.InnerExceptions.All(e => e is PostgresException) =>
            [.. inner.InnerExceptions.Cast<PostgresException>()],
        _ => throw exception,
    };
}
