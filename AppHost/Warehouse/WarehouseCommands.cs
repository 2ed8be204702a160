using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AppHost.Warehouse;

/// <summary>What the dashboard and <c>aspire</c> can do with the warehouse.</summary>
internal static class WarehouseCommands
{
    /// <summary>Adds 'Reset data': every service stops, the database is made anew, and all start again.</summary>
    public static IResourceBuilder<ConnectionStringResource> WithResetCommand(
        this IResourceBuilder<ConnectionStringResource> warehouse, LocalPostgresResource server) =>
        warehouse.WithCommand("reset-data", "Reset data", context => ResetAsync(context, server), new CommandOptions
        {
            Description = "Deletes the database and loads everything again.",
            ConfirmationMessage =
                $"All data in database '{server.Database.Name}' is deleted: what was loaded, the models' tables and the trained models. Continue?",
            IconName = "DatabaseWarning",
            UpdateState = WhenRunning,
        });

    /// <summary>Adds 'Open psql', a terminal in the dashboard.</summary>
    public static IResourceBuilder<ConnectionStringResource> WithPsqlCommand(this IResourceBuilder<ConnectionStringResource> warehouse) =>
        warehouse.WithCommand("open-psql", "Open psql", context => OpenPsqlAsync(context, warehouse.Resource), new CommandOptions
        {
            Description = "Opens PostgreSQL's terminal, connected to the warehouse with the worker's login.",
            IconName = "WindowConsole",
            IsHighlighted = true,
            UpdateState = WhenRunning,
        });

    private static ResourceCommandState WhenRunning(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    private static async Task<ExecuteCommandResult> ResetAsync(ExecuteCommandContext context, LocalPostgresResource server)
    {
        var commands = context.Services.GetRequiredService<ResourceCommandService>();
        var services = context.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ProjectResource>().ToList();

        // one that has ended already cannot be stopped
        foreach (var service in services)
            await commands.ExecuteCommandAsync(service, KnownResourceCommands.StopCommand, context.CancellationToken);

        await server.Database.ResetAsync(server.ServerConnectionString, context.CancellationToken);
        foreach (var service in services)
        {
            var started = await commands.ExecuteCommandAsync(service, KnownResourceCommands.StartCommand, context.CancellationToken);
            if (!started.Success)
                return started;
        }

        return CommandResults.Success();
    }

    private static async Task<ExecuteCommandResult> OpenPsqlAsync(ExecuteCommandContext context, IResourceWithConnectionString warehouse)
    {
        if (!IsOnPath("psql"))
            return CommandResults.Failure("There is no psql on PATH: install PostgreSQL's client programs.");

        var target = new NpgsqlConnectionStringBuilder(await warehouse.GetConnectionStringAsync(context.CancellationToken));
        var terminal = context.Services.GetRequiredService<TerminalService>().CreateTerminal(new TerminalLaunchOptions
        {
            Title = "psql",
            Executable = "psql",
            Arguments = ["--host", target.Host!, "--port", $"{target.Port}", "--username", target.Username!, target.Database!],
            EnvironmentVariables = { ["PGPASSWORD"] = target.Password ?? "", ["PGOPTIONS"] = $"--search_path={target.SearchPath}" },
        });
        terminal.Start();
        terminal.Show();
        return CommandResults.Success();
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, $"{program}.exe")));
}
