using System.CommandLine;
using Models.Database;
using Models.Engine;
using Models.Project.Configuration;

namespace Models.Runner.Flags;

/// <summary>Flags that every verb takes.</summary>
internal static class GlobalOptions
{
    private static readonly Option<string?> ProjectDir = new("--project-dir")
    {
        Description = "The folder of dbt_project.yml; by default this one or the nearest above it.", Recursive = true,
    };
    private static readonly Option<string?> ProfilesDir = new("--profiles-dir") { Description = "The folder of profiles.yml.", Recursive = true };
    private static readonly Option<string?> Profile = new("--profile") { Description = "The profile to use instead of the project's.", Recursive = true };
    private static readonly Option<string?> Target = new("--target", "-t")
    {
        Description = "The profile's output to use instead of its default.", Recursive = true,
    };
    private static readonly Option<string?> TargetPath = new("--target-path") { Description = "The folder for artifacts instead of target.", Recursive = true };
    private static readonly Option<string?> Vars = new("--vars")
    {
        Description = "Variables as a YAML mapping; they override those in dbt_project.yml.", Recursive = true,
    };
    private static readonly Option<bool?> VersionCheck = new("--version-check")
    {
        Description = "Refuse projects and packages that require another dbt version (the default).", Recursive = true,
    };
    private static readonly Option<bool?> PartialParse = new("--partial-parse")
    {
        Description = "Reuse the last parse for files that did not change (the default).", Recursive = true,
    };
    private static readonly Option<bool?> Print = new("--print") { Description = "Show what templates print() (the default).", Recursive = true };
    private static readonly Option<bool?> WriteJson = new("--write-json")
    {
        Description = "Write manifest.json and run_results.json (the default).", Recursive = true,
    };

    /// <summary>The invocation id; a process runs one command.</summary>
    public static Guid Invocation { get; } = Guid.NewGuid();

    public static IEnumerable<Option> All =>
        [ProjectDir, ProfilesDir, Profile, Target, TargetPath, Vars, VersionCheck, PartialParse, Print, WriteJson, .. ReportFlags.All, .. WarningFlags.All];

    public static CompileOptions Compile(ParseResult parsed) => new()
    {
        ProjectDirectory = ProjectDirectory(parsed),
        ProfilesDirectory = parsed.GetValue(ProfilesDir) is { } folder ? Path.GetFullPath(folder) : null,
        Profile = parsed.GetValue(Profile),
        Target = parsed.GetValue(Target),
        TargetPath = parsed.GetValue(TargetPath) is { } artifacts ? Path.GetFullPath(artifacts) : null,
        Vars = CommandLineVars.Parse(parsed.GetValue(Vars)),
        Warnings = WarningFlags.Read(parsed),
        VersionCheck = parsed.GetValue(VersionCheck),
        PartialParse = parsed.GetValue(PartialParse),
        Print = parsed.GetValue(Print) == false ? static _ => { } : null,
        Flags = FlagSources.GivenFlags(parsed),
        InvocationId = Invocation,
        Command = parsed.CommandResult.Command.Name,
        ConnectionString = Environment.GetEnvironmentVariable("ConnectionStrings__warehouse") is { Length: > 0 } connection ? connection : null,
    };

    /// <summary>The values that are never shown. Vars that cannot be parsed contain none; parsing them reports the error elsewhere.</summary>
    public static Secrets Secrets(ParseResult parsed)
    {
        try
        {
            return Engine.Secrets.Of(CommandLineVars.Parse(parsed.GetValue(Vars)));
        }
        catch (RunException)
        {
            return Engine.Secrets.Of(new Dictionary<string, object?>());
        }
    }

    /// <summary>The given folder, or the nearest folder from the current one upwards that contains a project.</summary>
    public static string ProjectDirectory(ParseResult parsed)
    {
        if (parsed.GetValue(ProjectDir) is { } named)
            return Path.GetFullPath(named);

        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "dbt_project.yml")))
                return folder.FullName;
        }

        return Environment.CurrentDirectory;
    }
}
