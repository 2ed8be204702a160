namespace Models.Postgres.Machine;

/// <summary>
/// The operating system account that the server's programs run under. PostgreSQL refuses to run as root
/// (https://www.postgresql.org/docs/current/creating-cluster.html), so root hands over to <c>postgres</c>, else to <c>nobody</c>.
/// </summary>
internal sealed class ServerAccount
{
    private readonly IReadOnlyList<string> _prefix;

    private ServerAccount(string? owner, IReadOnlyList<string> prefix)
    {
        Owner = owner;
        _prefix = prefix;
    }

    /// <summary>In chown's form, <c>uid:gid</c>; null where the server runs as the current user.</summary>
    public string? Owner { get; }

    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public static async Task<ServerAccount> FindAsync(CancellationToken cancellationToken)
    {
        if (!IsRoot)
            return new ServerAccount(null, []);

        var accounts = File.Exists("/etc/passwd")
            ? File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(f => f.Length > 3).ToList()
            : [];
        foreach (var name in (string[])["postgres", "nobody"])
        {
            if (accounts.Find(f => f[0] == name) is not [_, _, var user, var group, ..])
                continue;

            IReadOnlyList<string>[] prefixes =
            [
                ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups", "--"],
                ["runuser", "-u", name, "--"],
            ];
            foreach (var prefix in prefixes)
            {
                if (FileSearch.OnPath(prefix[0]) is not null
                    && (await CapturedProcess.RunAsync(prefix[0], [.. prefix.Skip(1), "true"], cancellationToken)).ExitCode == 0)
                    return new ServerAccount($"{user}:{group}", prefix);
            }
        }

        throw new PostgresServerException(
            "PostgreSQL refuses to run as root, and no account 'postgres' or 'nobody' can be taken on with setpriv or runuser. " +
            "Run as an ordinary user, or point LEADLINE_POSTGRES at a server that runs.");
    }

    /// <summary>The command line that runs <paramref name="program"/> under this account.</summary>
    public IReadOnlyList<string> CommandLine(string program, params IEnumerable<string> arguments) =>
        [.. _prefix, program, .. arguments];

    public Task<CapturedProcess> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken, string input = "")
    {
        var line = CommandLine(program, arguments);
        return CapturedProcess.RunAsync(line[0], line.Skip(1), cancellationToken, input: input);
    }

    /// <summary>Makes a file or folder (not what is in it) this account's and nobody else's.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            return;

        const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(path, Directory.Exists(path) ? File600 | UnixFileMode.UserExecute : File600);
        if (Owner is null)
            return;

        var chown = await CapturedProcess.RunAsync("chown", [Owner, path], cancellationToken);
        if (chown.ExitCode != 0)
            throw new PostgresServerException($"'{path}' cannot be given to the server's account: {chown.Error.Trim()}");
    }
}
