using System.CommandLine;

namespace Models.Runner.Cli;

/// <summary>The <c>leadline</c> command: every verb in one table.</summary>
internal static class LeadlineCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Builds, tests and looks after a project of SQL models.");
        foreach (var option in GlobalOptions.All)
            root.Options.Add(option);

        root.Subcommands.Add(RunVerbCommand.Create(RunVerb.Build, "Runs seeds, models, snapshots and tests in graph order."));
        root.Subcommands.Add(RunVerbCommand.Create(RunVerb.Run, "Builds models."));
        root.Subcommands.Add(RunVerbCommand.Create(RunVerb.Test, "Runs data tests and unit tests."));
        root.Subcommands.Add(RunVerbCommand.Create(RunVerb.Seed, "Loads seeds."));
        root.Subcommands.Add(RunVerbCommand.Create(RunVerb.Snapshot, "Takes snapshots."));
        root.Subcommands.Add(ParseCommand.Create());
        root.Subcommands.Add(CompileCommand.Create());
        root.Subcommands.Add(ListCommand.Create());
        root.Subcommands.Add(ShowCommand.Create());
        root.Subcommands.Add(DebugCommand.Create());
        root.Subcommands.Add(SourceCommand.Create());
        root.Subcommands.Add(DocsCommand.Create());
        root.Subcommands.Add(RunOperationCommand.Create());
        root.Subcommands.Add(RetryCommand.Create());
        root.Subcommands.Add(CloneCommand.Create());
        root.Subcommands.Add(RollbackCommand.Create());
        root.Subcommands.Add(CleanCommand.Create());
        root.Subcommands.Add(DepsCommand.Create());
        root.Subcommands.Add(InitCommand.Create());
        root.Subcommands.Add(SourcesCommand.Create());
        root.Subcommands.Add(LineageCommand.Create());
        root.Subcommands.Add(DiffCommand.Create());

        if (args.Length == 0)
        {
            await root.Parse("--help").InvokeAsync();
            return ExitCodes.Unusable;
        }

        // '@model' selects; it is no file with further arguments
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (ArgumentMistake.Find(parsed) is { } mistake)
        {
            await Console.Error.WriteLineAsync(mistake);
            return ExitCodes.Unusable;
        }

        return await parsed.InvokeAsync();
    }
}
