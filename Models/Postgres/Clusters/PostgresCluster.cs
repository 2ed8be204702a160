using Models.Postgres.Binaries;
using Models.Postgres.Machine;

namespace Models.Postgres.Clusters;

/// <summary>
/// A folder with a cluster and what belongs to it: <c>data</c>, <c>socket</c>, <c>password</c> (0600; <c>password.worker</c> and so on for
/// the logins), <c>leases</c>,
/// <c>server.log</c>, <c>lock</c>. A data folder that holds anything is never replaced.
/// </summary>
internal sealed class PostgresCluster
{
    public const string UserName = "postgres";

    /// <summary>Part of the socket's file name; each cluster has a folder of its own for it.</summary>
    public const int SocketPort = 5432;

    // sockaddr_un holds 108 bytes on Linux and 104 on macOS, for the folder and "/.s.PGSQL.5432"
    private const int LongestSocketFolder = 85;

    private PostgresCluster(string folder, PostgresBinaries binaries, ServerAccount account)
    {
        Folder = folder;
        Binaries = binaries;
        Account = account;
    }

    public string Folder { get; }

    public PostgresBinaries Binaries { get; }

    public ServerAccount Account { get; }

    public string Data => Path.Combine(Folder, "data");

    public string Socket => Path.Combine(Folder, "socket");

    public string Log => Path.Combine(Folder, "server.log");

    public string Leases => Path.Combine(Folder, "leases");

    public string Password => OwnPassword.Current;

    /// <summary>The passwords in the form that PostgreSQL's clients read (https://www.postgresql.org/docs/current/libpq-pgpass.html).</summary>
    public string PassFile => Path.Combine(Folder, "pgpass");

    public bool HasSockets => !OperatingSystem.IsWindows() && Socket.Length <= LongestSocketFolder;

    private ClusterPassword OwnPassword => new(Folder, Binaries, Account);

    private string VersionFile => Path.Combine(Data, "PG_VERSION");

    /// <summary>Finds the programs that suit the folder's cluster, or any where it holds none.</summary>
    public static async Task<PostgresCluster> FindAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        var wanted = options.Binaries ?? LeadlinePostgres.Binaries;
        var version = options.Folder is { } given ? Path.Combine(given, "data", "PG_VERSION") : null;
        int? major = version is not null && File.Exists(version) ? int.Parse(File.ReadAllText(version).Trim()) : null;
        var binaries = await BinariesLocator.FindAsync(wanted, major, options.Progress, cancellationToken);
        var folder = options.Folder ?? options.Purpose switch
        {
            PostgresPurpose.BuildCache => Path.Combine(LeadlineFolders.Cache, "build", binaries.Version.Major.ToString()),
            PostgresPurpose.Test => TestClusters.NewFolder(),
            _ => throw new ArgumentException("A server for application data needs a folder.", nameof(options)),
        };
        return new PostgresCluster(Path.GetFullPath(folder), binaries, await ServerAccount.FindAsync(cancellationToken));
    }

    /// <summary>Keeps every other process from starting, stopping or initialising this cluster.</summary>
    public async Task<FolderLock> LockAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            await Account.OwnAsync(Folder, cancellationToken);
            return await FolderLock.AcquireAsync(Path.Combine(Folder, "lock"), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PostgresServerException($"The folder '{Folder}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Writes the pass file where there is none, or one of earlier passwords.</summary>
    /// <param name="logins">The passwords of roles beside the superuser's.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task EnsurePassFileAsync(IEnumerable<(string Role, string Password)> logins, CancellationToken cancellationToken)
    {
        var lines = string.Concat(logins.Prepend((UserName, Password)).Select(login => $"*:*:*:{login.Item1}:{login.Item2}\n"));
        if (File.Exists(PassFile) && await File.ReadAllTextAsync(PassFile, cancellationToken) == lines)
            return;

        await File.WriteAllTextAsync(PassFile, "", cancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PassFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await File.WriteAllTextAsync(PassFile, lines, cancellationToken);
    }

    /// <summary>Makes the cluster where there is none: complete under another name first, then renamed.</summary>
    public async Task InitialiseAsync(bool durable, Action<string>? progress, CancellationToken cancellationToken)
    {
        var template = new ClusterTemplate(Binaries, Account);
        if (File.Exists(VersionFile))
        {
            RequireVersion();
            await OwnPassword.EnsureOwnAsync(Data, template, cancellationToken);
            return;
        }

        if (Directory.Exists(Data) && Directory.EnumerateFileSystemEntries(Data).Any())
        {
            throw new PostgresServerException(
                $"'{Data}' holds files but no PostgreSQL cluster; it is left as it is. Move it away or choose another folder.");
        }

        await template.EnsureAsync(progress, cancellationToken);
        if (HasSockets)
        {
            Directory.CreateDirectory(Socket);
            await Account.OwnAsync(Socket, cancellationToken);
        }

        // copies that were cut short
        foreach (var left in Directory.EnumerateDirectories(Folder, "data.*"))
            Directory.Delete(left, recursive: true);

        var staging = $"{Data}.{Guid.NewGuid():N}";
        try
        {
            await CopyAsync(template.Data, staging, cancellationToken);
            await OwnPassword.RenewAsync(staging, template, cancellationToken);
            if (durable)
                Require(await Account.RunAsync(Binaries.Program("initdb"), ["--sync-only", $"--pgdata={staging}"], cancellationToken));

            if (Directory.Exists(Data))
                Directory.Delete(Data);

            Directory.Move(staging, Data);
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    /// <summary>The live server of this cluster, or null.</summary>
    public PostmasterFile? FindRunning() => PostmasterFile.Read(Data) is { } file && file.IsServerOf(Data) ? file : null;

    /// <summary>
    /// Removes a dead server's pid file when its id now belongs to some other program, which PostgreSQL would take for the
    /// server. In every other case PostgreSQL judges the file itself, and better.
    /// </summary>
    public void ForgetDeadServer()
    {
        if (PostmasterFile.Read(Data) is { } file && ProcessSignal.IsAlive(file.ProcessId) && !file.IsServerOf(Data) && !PostmasterFile.IsInUse(Data))
            File.Delete(PostmasterFile.PathIn(Data));
    }

    private void RequireVersion()
    {
        var made = File.ReadAllText(VersionFile).Trim();
        if (made != Binaries.Version.Major.ToString())
        {
            throw new PostgresServerException(
                $"The data in '{Data}' was made by PostgreSQL {made}, but the programs in '{Binaries.Folder}' are version {Binaries.Version}. " +
                $"Install PostgreSQL {made}, or set LEADLINE_POSTGRES to the folder of its programs.");
        }
    }

    private async Task CopyAsync(string source, string target, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
        {
            // by the server's account, whose files they become
            Require(await Account.RunAsync("cp", ["-R", source, target], cancellationToken));
            return;
        }

        Directory.CreateDirectory(target);
        foreach (var folder in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(target, Path.GetRelativePath(source, folder)));

        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(target, Path.GetRelativePath(source, file)));
    }

    private void Require(CapturedProcess run)
    {
        if (run.ExitCode == 0)
            return;

        var reason = DiskSpace.IsExhausted(run.Error) ? "the disk is full; free some space" : ServerLog.FirstError(run.Error);
        throw new PostgresServerException($"The cluster cannot be made in '{Folder}': {reason}.");
    }
}
