using System.CommandLine;
using Models.Engine;
using Models.Runner.Commands;
using Models.Runner.Flags;

namespace Models.Runner;

/// <summary>The <c>leadline</c> command with a table of all verbs.</summary>
internal static class LeadlineCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var interruption = new Interruption();
        var exitCode = await RunAsync(args, interruption.Token);
        return interruption.HasOccurred ? ExitCodes.Unusable : exitCode;
    }

    private static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Builds, tests and documents a project of SQL models.");
        foreach (var option in GlobalOptions.All)
            root.Options.Add(option);
        VersionAnswer.Replace(root);

        // '@model' is a selector, not a response file
        var sources = new FlagSources(new ParserConfiguration { ResponseFileTokenReplacer = null });
        RunVerbCommand[] verbs =
        [
            new(RunVerb.Build, "Runs seeds, models, snapshots and tests in graph order."),
            new(RunVerb.Run, "Builds models."),
            new(RunVerb.Test, "Runs data tests and unit tests."),
            new(RunVerb.Seed, "Loads seeds."),
            new(RunVerb.Snapshot, "Takes snapshots."),
        ];
        foreach (var verb in verbs)
            root.Subcommands.Add(verb);
        root.Subcommands.Add(ParseCommand.Create());
        root.Subcommands.Add(CompileCommand.Create());
        root.Subcommands.Add(ListCommand.Create());
        root.Subcommands.Add(ShowCommand.Create());
        root.Subcommands.Add(DebugCommand.Create());
        root.Subcommands.Add(SourceCommand.Create());
        root.Subcommands.Add(DocsCommand.Create());
        var operation = new RunOperationCommand();
        root.Subcommands.Add(operation);
        root.Subcommands.Add(new RetryCommand(verbs, operation, sources));
        root.Subcommands.Add(CloneCommand.Create());
        root.Subcommands.Add(RollbackCommand.Create());
        root.Subcommands.Add(CleanCommand.Create());
        root.Subcommands.Add(DepsCommand.Create());
        root.Subcommands.Add(InitCommand.Create());
        root.Subcommands.Add(SourcesCommand.Create());
        root.Subcommands.Add(LineageCommand.Create());
        root.Subcommands.Add(DiffCommand.Create());
        root.Subcommands.Add(PipelineCommand.Create());
        root.Subcommands.Add(ModelsCommand.Create());
        root.Subcommands.Add(StreamsCommand.Create());
        root.Subcommands.Add(QuarantineCommand.Create());
        root.Subcommands.Add(ExplainCommand.Create());

        if (args.Length == 0)
        {
            await root.Parse("--help").InvokeAsync();
            return ExitCodes.Unusable;
        }

        var parsed = sources.Complete(root, CommandLineText.Normalize(args, root));
        if (ArgumentMistake.Find(parsed, sources) is { } mistake)
        {
            await Console.Error.WriteLineAsync(mistake);
            return ExitCodes.Unusable;
        }

        // Interruption handles the termination of the process, not the parser
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, cancellationToken);
    }
}
