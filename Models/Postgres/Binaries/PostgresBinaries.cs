using System.Text.RegularExpressions;
using Models.Postgres.Machine;

namespace Models.Postgres.Binaries;

/// <summary>A folder with PostgreSQL's programs.</summary>
/// <param name="Folder">Holds initdb, postgres and pg_ctl.</param>
/// <param name="Version">As <c>postgres --version</c> says, for example 15.18.</param>
internal sealed partial record PostgresBinaries(string Folder, Version Version)
{
    public const int OldestMajor = 15;

    public string Program(string name) => Path.Combine(Folder, FileSearch.ProgramName(name));

    public static bool AreIn(string folder) =>
        new[] { "initdb", "postgres", "pg_ctl" }.All(name => File.Exists(Path.Combine(folder, FileSearch.ProgramName(name))));

    /// <summary>The binaries in a folder, or null where they don't run or say no version.</summary>
    public static async Task<PostgresBinaries?> InspectAsync(string folder, CancellationToken cancellationToken)
    {
        if (!AreIn(folder))
            return null;

        try
        {
            var program = Path.Combine(folder, FileSearch.ProgramName("postgres"));
            var printed = await CapturedProcess.RunAsync(program, ["--version"], cancellationToken);
            var match = VersionPattern().Match(printed.Output);
            return printed.ExitCode == 0 && match.Success
                ? new PostgresBinaries(folder, Version.Parse(match.Groups[1].Value + (match.Groups[2].Success ? match.Groups[2].Value : ".0")))
                : null;
        }
        catch (PostgresServerException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)(\.\d+)?")]
    private static partial Regex VersionPattern();
}
