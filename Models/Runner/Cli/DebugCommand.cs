using System.CommandLine;
using Models.Runner.Execution;
using Npgsql;

namespace Models.Runner.Cli;

/// <summary><c>leadline debug</c>: what is configured, and whether the database answers.</summary>
internal static class DebugCommand
{
    public static Command Create()
    {
        var command = new Command("debug", "Shows the configuration in force and tries the connection.");
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var options = GlobalOptions.Compile(parsed);
            var project = ProjectLoader.Load(options, observer, cancellationToken, announces: false);
            var settings = new NpgsqlConnectionStringBuilder(project.Target.ConnectionString);
            Console.WriteLine($"""
                project:  {project.Name} in {options.ProjectDirectory}
                profile:  {project.Target.ProfileName}, target {project.Target.Name}{(options.ConnectionString is null ? "" : " (connection from ConnectionStrings__warehouse)")}
                host:     {settings.Host}:{settings.Port}
                user:     {settings.Username}
                database: {settings.Database}
                schema:   {project.Target.Schema}
                threads:  {project.Target.Threads}
                """);

            await using var source = TargetConnection.CreateSource(project.Target, 1);
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                Console.WriteLine($"connection test: OK, PostgreSQL {connection.PostgreSqlVersion}");
                return ExitCodes.Success;
            }
            catch (NpgsqlException failure)
            {
                Console.WriteLine("connection test: failed");
                await Console.Error.WriteLineAsync(TargetConnection.Explain(failure, project.Target).Message);
                return ExitCodes.Failed;
            }
        }));
        return command;
    }
}
