using System.CommandLine;
using Models.Compiler;
using Models.Runner.Reporting;

namespace Models.Runner.Cli;

/// <summary>Flags that every verb takes.</summary>
internal static class GlobalOptions
{
    private static readonly Option<string> ProjectDir = new("--project-dir") { Description = "The folder of dbt_project.yml.", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("DBT_PROJECT_DIR") ?? ".", Recursive = true };
    private static readonly Option<string?> ProfilesDir = new("--profiles-dir") { Description = "The folder of profiles.yml.", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("DBT_PROFILES_DIR"), Recursive = true };
    private static readonly Option<string?> Profile = new("--profile") { Description = "The profile to use instead of the project's.", Recursive = true };
    private static readonly Option<string?> Target = new("--target", "-t") { Description = "The profile's output to use instead of its default.", Recursive = true };
    private static readonly Option<string?> TargetPath = new("--target-path") { Description = "The folder for artifacts instead of target.", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("DBT_TARGET_PATH"), Recursive = true };
    private static readonly Option<string?> Vars = new("--vars") { Description = "Variables as a yaml map; they win over dbt_project.yml's.", Recursive = true };
    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Print only what went wrong.", Recursive = true };
    private static readonly Option<bool> NoColor = new("--no-use-colors", "--no-color") { Description = "Print without colours.", Recursive = true };
    private static readonly Option<bool> UseColors = new("--use-colors") { Description = "Print with colours, also into a file.", Recursive = true };
    private static readonly Option<bool> VersionCheck = new("--version-check") { Description = "Refuse projects and packages that require another dbt version (the default).", Recursive = true };
    private static readonly Option<bool> NoVersionCheck = new("--no-version-check") { Description = "Take no notice of require-dbt-version.", Recursive = true };
    private static readonly Option<string> LogFormat = new Option<string>("--log-format") { Description = "text or json.", DefaultValueFactory = _ => "text", Recursive = true }.AcceptOnlyFromAmong("text", "json", "default", "debug");

    public static IEnumerable<Option> All => [ProjectDir, ProfilesDir, Profile, Target, TargetPath, Vars, Quiet, NoColor, UseColors, LogFormat, VersionCheck, NoVersionCheck, .. WarningFlags.All];

    public static CompileOptions Compile(ParseResult parsed) => new()
    {
        ProjectDirectory = Path.GetFullPath(parsed.GetRequiredValue(ProjectDir)),
        ProfilesDirectory = parsed.GetValue(ProfilesDir) is { } folder ? Path.GetFullPath(folder) : null,
        Profile = parsed.GetValue(Profile),
        Target = parsed.GetValue(Target),
        TargetPath = parsed.GetValue(TargetPath) is { } artifacts ? Path.GetFullPath(artifacts) : null,
        Vars = CommandLineVars.Parse(parsed.GetValue(Vars)),
        Warnings = WarningFlags.Read(parsed),
        VersionCheck = ChecksVersion(parsed),
        ConnectionString = Environment.GetEnvironmentVariable("ConnectionStrings__warehouse") is { Length: > 0 } connection ? connection : null,
    };

    private static bool? ChecksVersion(ParseResult parsed)
    {
        if (parsed.GetValue(VersionCheck) || parsed.GetValue(NoVersionCheck))
            return !parsed.GetValue(NoVersionCheck);

        return Environment.GetEnvironmentVariable("DBT_VERSION_CHECK")?.ToLowerInvariant() switch
        {
            "0" or "false" or "f" or "no" or "n" => false,
            "1" or "true" or "t" or "yes" or "y" => true,
            _ => null,
        };
    }

    public static ReportStyle Style(ParseResult parsed)
    {
        var plain = parsed.GetValue(NoColor) || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Console.IsOutputRedirected;
        return new ReportStyle(parsed.GetValue(UseColors) || !plain, parsed.GetValue(Quiet));
    }

    public static bool IsJson(ParseResult parsed) => parsed.GetValue(LogFormat) == "json";
}
