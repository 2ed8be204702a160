using System.CommandLine;
using System.Data.Common;
using Models.Database.Targets;
using Models.Engine;
using Models.Parsing;
using Models.Project.Configuration;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <c>leadline debug</c>: shows the configuration, and tests the connection to the database.
internal static class DebugCommand
{
    public static Command Create()
    {
        var command = new Command("debug", "Shows the configuration and tests the connection.");
        var connection = new Option<bool>("--connection") { Description = "Only test the connection." };
        var configDir = new Option<bool>("--config-dir") { Description = "Only print the folder of profiles.yml." };
        command.Options.Add(connection);
        command.Options.Add(configDir);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var options = GlobalOptions.Compile(parsed);
            if (parsed.GetValue(configDir))
            {
                Console.WriteLine(ProfilesFolder(options));
                return ExitCodes.Success;
            }

            var project = ProjectLoader.Load(options, observer, cancellationToken, announces: false);
            if (!parsed.GetValue(connection))
                Console.WriteLine(Describe(project));
            return await TryAsync(project, cancellationToken);
        }));
        return command;
    }

    private static string Describe(ParsedProject project)
    {
        var settings = ConnectionSettings.Of(project.Target.ConnectionString);
        var origin = project.Options.ConnectionString is null ? $" in {ProfilesFolder(project.Options)}" : " (connection from ConnectionStrings__warehouse)";
        return $"""
            project:  {project.Name} in {project.Options.ProjectDirectory}
            profile:  {project.Target.ProfileName}, target {project.Target.Name}{origin}
            host:     {settings.Host}:{settings.Port}
            user:     {settings.User}
            database: {settings.Database}
            schema:   {project.Target.Schema}
            threads:  {project.Target.Threads}
            """;
    }

    private static async Task<int> TryAsync(ParsedProject project, CancellationToken cancellationToken)
    {
        await using var source = TargetSource.Create(project.Target, 1, log: null);
        try
        {
            Console.WriteLine($"connection test: OK, {await source.ReadServerVersionAsync(cancellationToken)}");
            return ExitCodes.Success;
        }
        catch (DbException failure)
        {
            Console.WriteLine("connection test: failed");
            await Console.Error.WriteLineAsync(TargetConnection.Explain(failure, project.Target).Message);
            return ExitCodes.Failed;
        }
    }

    // the folders in which a profile is searched, in order
    private static string ProfilesFolder(CompileOptions options)
    {
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dbt");
        string?[] folders = [options.ProfilesDirectory, options.ProjectDirectory, home];
        return folders.FirstOrDefault(f => f is not null && File.Exists(Path.Combine(f, "profiles.yml"))) ?? options.ProfilesDirectory ?? home;
    }
}
