using Models.Postgres.Clusters;
using Models.Postgres.Machine;
using Models.Postgres.Roles;
using Npgsql;

namespace Models.Postgres;

/// <summary>
/// A cluster that is initialised and reserved, and the command that runs its server. For those who run processes themselves,
/// such as an application host; everybody else calls <see cref="PostgresServer.StartAsync"/>. The command ends by SIGTERM, and
/// by itself when this object is disposed or its process dies.
/// </summary>
public sealed class PreparedServer : IAsyncDisposable
{
    private readonly PostgresServerOptions _options;
    private readonly Lease _lease;

    private PreparedServer(
        PostgresServerOptions options,
        PostgresCluster cluster,
        Lease lease,
        PostmasterFile? running,
        IReadOnlyDictionary<WarehouseLogin, string> logins)
    {
        _options = options;
        _lease = lease;
        Cluster = cluster;
        Running = running;
        Logins = logins;
        Port = running is not null ? SharedPort(running) : ChoosePort();
    }

    /// <summary>The loopback port, or null where the server listens on a socket alone.</summary>
    public int? Port { get; private set; }

    public string UserName => PostgresCluster.UserName;

    public string Password => Cluster.Password;

    /// <summary>The passwords for the services' logins, kept with the cluster; for application data only.</summary>
    public IReadOnlyDictionary<WarehouseLogin, string> Logins { get; }

    /// <summary>A file with all the passwords that connection strings can name, readable by its user alone; for application data only.</summary>
    public string PassFile => Cluster.PassFile;

    internal PostgresCluster Cluster { get; }

    /// <summary>The server that other builds started and this one shares.</summary>
    internal PostmasterFile? Running { get; }

    /// <summary>Finds or installs the programs, makes the cluster where there is none, and reserves it.</summary>
    /// <exception cref="PostgresServerException">One line that says what stands in the way.</exception>
    public static async Task<PreparedServer> PrepareAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        var cluster = await PostgresCluster.FindAsync(options, cancellationToken);
        await using var held = await cluster.LockAsync(cancellationToken);
        return await PrepareAsync(options, cluster, cancellationToken);
    }

    /// <summary>Deletes a cluster and all its data, for ever.</summary>
    /// <exception cref="PostgresServerException">It is in use.</exception>
    public static async Task DeleteDataAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        var cluster = await PostgresCluster.FindAsync(options, cancellationToken);
        await using var held = await cluster.LockAsync(cancellationToken);
        await RequireUnusedAsync(cluster, cancellationToken);
        if (Directory.Exists(cluster.Data))
            Directory.Delete(cluster.Data, recursive: true);
    }

    /// <summary>The same, for one who holds the cluster's lock.</summary>
    internal static async Task<PreparedServer> PrepareAsync(
        PostgresServerOptions options, PostgresCluster cluster, CancellationToken cancellationToken)
    {
        try
        {
            if (options.Purpose != PostgresPurpose.BuildCache || Lease.Holders(cluster.Leases).Count == 0)
                await RequireUnusedAsync(cluster, cancellationToken);

            var running = cluster.FindRunning();
            if (running is null)
            {
                await cluster.InitialiseAsync(options.IsDurable, options.Progress, cancellationToken);
                cluster.ForgetDeadServer();
            }

            IReadOnlyDictionary<WarehouseLogin, string> logins = new Dictionary<WarehouseLogin, string>();
            if (options.Purpose == PostgresPurpose.AppData)
            {
                logins = await LoginPasswords.KeepAsync(cluster.Folder, cancellationToken);
                await cluster.EnsurePassFileAsync(logins.Select(login => (WarehouseRoles.NameOf(login.Key), login.Value)), cancellationToken);
            }

            return new PreparedServer(options, cluster, Lease.Take(cluster.Leases), running, logins);
        }
        catch (IOException e)
        {
            var reason = DiskSpace.IsExhausted(e) ? "The disk is full; free some space." : e.Message;
            throw new PostgresServerException($"The folder '{cluster.Folder}' cannot be written: {reason}", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PostgresServerException($"The folder '{cluster.Folder}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>The program, its arguments and the working folder that run the server; its messages go to standard error.</summary>
    public (string Program, IReadOnlyList<string> Arguments, string Folder) Command()
    {
        var command = CommandWithLog(null);
        if (_options.Purpose == PostgresPurpose.AppData)
            command = StartFile.Write(Cluster, command);

        return (command.Program, command.Arguments, Cluster.Folder);
    }

    /// <summary>The superuser's.</summary>
    public string ConnectionString(string database) => ConnectionString(database, UserName, Password);

    /// <summary>A service's; its role is <see cref="WarehouseRoles"/>' to make.</summary>
    public string ConnectionString(string database, WarehouseLogin login) =>
        ConnectionString(database, WarehouseRoles.NameOf(login), Logins[login]);

    /// <summary>Gives the cluster back; the server ends when nobody else needs it.</summary>
    public ValueTask DisposeAsync()
    {
        _lease.Dispose();
        return ValueTask.CompletedTask;
    }

    internal ServerCommand CommandWithLog(string? log) => ServerCommand.For(
        Cluster, ServerSettings.For(_options, Cluster, Port), log, removeAfterwards: _options.Purpose == PostgresPurpose.Test);

    /// <summary>Takes another port, where the caller did not insist on one.</summary>
    internal bool TryAnotherPort()
    {
        if (Port is null || _options.Port is not (null or 0))
            return false;

        Port = FreePort.Find();
        return true;
    }

    private static async Task RequireUnusedAsync(PostgresCluster cluster, CancellationToken cancellationToken)
    {
        if (Lease.Holders(cluster.Leases) is [var holder, ..])
            throw new PostgresServerException($"The database in '{cluster.Folder}' is in use by process {holder}. Stop that one first.");

        // its users died, and its own watch has not noticed yet
        await ServerStop.StopAsync(cluster, immediately: false, cancellationToken);
    }

    private string ConnectionString(string database, string user, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = Port is null ? Cluster.Socket : "127.0.0.1",
        Port = Port ?? PostgresCluster.SocketPort,
        Username = user,
        Password = password,
        Database = database,
        IncludeErrorDetail = true,
    }.ConnectionString;

    private int? ChoosePort() => _options.Port switch
    {
        null when Cluster.HasSockets => null,
        null or 0 => FreePort.Find(),
        var port => port,
    };

    private static int? SharedPort(PostmasterFile running) => running.SocketFolder is { Length: > 0 } ? null : running.Port;
}
