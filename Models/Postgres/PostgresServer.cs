using System.Diagnostics;
using Models.Postgres.Binaries;
using Models.Postgres.Clusters;
using Models.Postgres.Machine;
using Npgsql;

namespace Models.Postgres;

/// <summary>
/// A PostgreSQL server that runs as long as this object lives: found on the machine or installed, started, stopped on dispose.
/// When the process dies without disposing, the server notices within a second or two and stops.
/// </summary>
/// <example>
/// In tests, one server for an assembly and one database for a test:
/// <code>
/// [assembly: AssemblyFixture(typeof(PostgresFixture))]
///
/// public sealed class PostgresFixture : IAsyncLifetime
/// {
///     public PostgresServer Server { get; private set; } = null!;
///     public async ValueTask InitializeAsync() => Server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);
///     public ValueTask DisposeAsync() => Server.DisposeAsync();
/// }
///
/// // in a test class with PostgresFixture in its constructor:
/// var connectionString = await postgres.Server.CreateDatabaseAsync(cancellationToken);
/// </code>
/// </example>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly PostgresPurpose _purpose;
    private readonly PreparedServer? _prepared;
    private readonly Process? _process;
    private readonly Func<string, string> _connectionString;

    private PostgresServer(string external)
    {
        _connectionString = database => new NpgsqlConnectionStringBuilder(external) { Database = database }.ConnectionString;
    }

    private PostgresServer(PostgresPurpose purpose, PreparedServer prepared, Process? process)
    {
        _purpose = purpose;
        _prepared = prepared;
        _process = process;
        _connectionString = prepared.ConnectionString;
    }

    /// <summary>
    /// Starts a server, or joins one: the given or <c>LEADLINE_POSTGRES</c>'s server, or for builds the one that another build
    /// runs. Returns when it takes connections.
    /// </summary>
    /// <exception cref="PostgresServerException">One line that says what stands in the way, and the way out.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        if ((options.ConnectionString ?? LeadlinePostgres.ConnectionString) is { } external)
            return new PostgresServer(external);

        var cluster = await PostgresCluster.FindAsync(options, cancellationToken);
        await using var held = await cluster.LockAsync(cancellationToken);
        try
        {
            return await StartLockedAsync(options, cluster, cancellationToken);
        }
        catch (PostgresServerException e) when (options.Purpose == PostgresPurpose.BuildCache && !DiskSpace.IsExhausted(e.Message))
        {
            // a cache that a power cut broke is made again
            options.Progress?.Invoke($"The build's PostgreSQL cluster is made anew: {e.Message}");
            Directory.Delete(cluster.Data, recursive: true);
            return await StartLockedAsync(options, cluster, cancellationToken);
        }
    }

    public string ConnectionString(string database = "postgres") => _connectionString(database);

    /// <summary>Makes an empty database of a new name and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create(ConnectionString());
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return ConnectionString(name);
    }

    /// <summary>Stops the server, unless another build still uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_prepared is null)
            return;

        await using (await _prepared.Cluster.LockAsync(CancellationToken.None))
        {
            await _prepared.DisposeAsync();
            if (Lease.Holders(_prepared.Cluster.Leases).Count == 0)
                await ServerStop.StopAsync(_prepared.Cluster, immediately: _purpose == PostgresPurpose.Test, CancellationToken.None);
        }

        if (_process is null)
            return;

        // the script removes a test's folder before it ends
        if (_purpose == PostgresPurpose.Test)
            await _process.WaitForExitAsync();

        _process.Dispose();
    }

    private static async Task<PostgresServer> StartLockedAsync(
        PostgresServerOptions options, PostgresCluster cluster, CancellationToken cancellationToken)
    {
        var prepared = await PreparedServer.PrepareAsync(options, cluster, cancellationToken);
        try
        {
            if (prepared.Running is not null)
                return new PostgresServer(options.Purpose, prepared, process: null);

            var process = await RunAsync(prepared, cancellationToken);
            var server = new PostgresServer(options.Purpose, prepared, process);
            if (options.Purpose == PostgresPurpose.BuildCache)
                await server.DropLeftDatabasesAsync(cancellationToken);

            return server;
        }
        catch
        {
            await prepared.DisposeAsync();
            if (options.Purpose == PostgresPurpose.Test && Directory.Exists(cluster.Folder))
                Directory.Delete(cluster.Folder, recursive: true);

            throw;
        }
    }

    private static async Task<Process> RunAsync(PreparedServer prepared, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var command = prepared.CommandWithLog(prepared.Cluster.Log);
            File.WriteAllText(prepared.Cluster.Log, "");
            var process = Process.Start(CapturedProcess.StartInfo(command.Program, command.Arguments))!;
            if (await IsReadyAsync(prepared.Cluster, process, waited, cancellationToken))
                return process;

            process.Dispose();
            await ExplainAsync(prepared, waited, cancellationToken);
        }
    }

    private static async Task<bool> IsReadyAsync(
        PostgresCluster cluster, Process process, Stopwatch waited, CancellationToken cancellationToken)
    {
        try
        {
            while (!process.HasExited)
            {
                if (cluster.FindRunning() is { IsReady: true })
                    return true;

                if (waited.Elapsed > s_patience)
                    throw new PostgresServerException(
                        $"PostgreSQL in '{cluster.Folder}' was not ready within {s_patience.TotalSeconds} s; see '{cluster.Log}'.");

                await Task.Delay(s_look, cancellationToken);
            }
        }
        catch
        {
            await ServerStop.StopAsync(cluster, immediately: true, CancellationToken.None);
            throw;
        }

        return false;
    }

    /// <summary>Returns when another try makes sense, and throws the reason otherwise.</summary>
    private static async Task ExplainAsync(PreparedServer prepared, Stopwatch waited, CancellationToken cancellationToken)
    {
        var cluster = prepared.Cluster;
        var log = File.Exists(cluster.Log) ? await File.ReadAllTextAsync(cluster.Log, cancellationToken) : "";
        if (DiskSpace.IsExhausted(log))
            throw new PostgresServerException($"PostgreSQL cannot start in '{cluster.Folder}': the disk is full; free some space. (No space left on device)");

        if (log.Contains("Address already in use", StringComparison.Ordinal))
        {
            if (prepared.TryAnotherPort())
                return;

            throw new PostgresServerException(
                $"PostgreSQL cannot start: port {prepared.Port} is in use by another program. Choose another port, or stop that program.");
        }

        // backends of a server that was killed hard go away a moment after it
        if (log.Contains("shared memory block", StringComparison.Ordinal) && waited.Elapsed < s_patience / 4)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            return;
        }

        throw new PostgresServerException($"PostgreSQL cannot start in '{cluster.Folder}': {ServerLog.FirstError(log) ?? "it printed nothing"}");
    }

    private async Task DropLeftDatabasesAsync(CancellationToken cancellationToken)
    {
        // a database's files lie in a folder named by its id, and ids below 16384 are the system's: most starts need no connection
        const int FirstUserId = 16384;
        var folders = Directory.EnumerateDirectories(Path.Combine(_prepared!.Cluster.Data, "base"));
        if (!folders.Any(folder => int.TryParse(Path.GetFileName(folder), out var id) && id >= FirstUserId))
            return;

        await using var source = NpgsqlDataSource.Create(ConnectionString());
        var names = new List<string>();
        await using (var list = source.CreateCommand($"SELECT quote_ident(datname) FROM pg_database WHERE oid >= {FirstUserId}"))
        await using (var reader = await list.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                names.Add(reader.GetString(0));
        }

        foreach (var name in names)
        {
            await using var drop = source.CreateCommand($"DROP DATABASE {name} WITH (FORCE)");
            await drop.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
