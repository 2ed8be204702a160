using Models.Postgres.Binaries;
using Models.Postgres.Machine;

namespace Models.Postgres.Clusters;

/// <summary>
/// An initialised cluster of each PostgreSQL version, kept in the cache folder: initdb takes half a second and more, a copy of
/// its result a tenth of that.
/// </summary>
internal sealed class ClusterTemplate(PostgresBinaries binaries, ServerAccount account)
{
    private readonly string _folder = Path.Combine(LeadlineFolders.Cache, "templates", binaries.Version.ToString());

    public string Data => Path.Combine(_folder, "data");

    public string PasswordFile => Path.Combine(_folder, "password");

    public async Task EnsureAsync(Action<string>? progress, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Data))
            return;

        Directory.CreateDirectory(_folder);
        await using var held = await FolderLock.AcquireAsync(_folder + ".lock", cancellationToken);
        if (Directory.Exists(Data))
            return;

        progress?.Invoke($"Initialising a PostgreSQL {binaries.Version} cluster (once for each version)");
        await account.OwnAsync(_folder, cancellationToken);
        await File.WriteAllTextAsync(
            PasswordFile, Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)), cancellationToken);
        await account.OwnAsync(PasswordFile, cancellationToken);

        foreach (var locale in Locales())
        {
            var run = await InitialiseAsync(locale, cancellationToken);
            if (run.ExitCode == 0)
                return;

            // a system without the locale is no failure: the next one is tried
            if (!run.Error.Contains("locale", StringComparison.Ordinal))
                throw new PostgresServerException($"A PostgreSQL cluster cannot be initialised in '{_folder}': {ServerLog.FirstError(run.Error)}");
        }

        throw new PostgresServerException($"A PostgreSQL cluster cannot be initialised in '{_folder}': the system has no usable locale.");
    }

    private async Task<CapturedProcess> InitialiseAsync(string[] locale, CancellationToken cancellationToken)
    {
        var staging = $"{Data}.{Guid.NewGuid():N}";
        try
        {
            var run = await account.RunAsync(binaries.Program("initdb"), [.. Arguments(staging), .. locale], cancellationToken);
            if (run.ExitCode == 0)
                Directory.Move(staging, Data);
            return run;
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    private IEnumerable<string> Arguments(string data) =>
    [
        $"--pgdata={data}", $"--username={PostgresCluster.UserName}", $"--pwfile={PasswordFile}", "--auth=scram-sha-256",
        "--encoding=UTF8", "--data-checksums", "--no-sync",
    ];

    /// <summary>Sorting by code point with full Unicode case rules, the same on every machine, as near as the version comes.</summary>
    private IEnumerable<string[]> Locales() => binaries.Version.Major >= 17
        ? [["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]]
        : [["--locale=C.UTF-8"], ["--locale=C"]];
}
