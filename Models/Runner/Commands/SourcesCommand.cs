using System.CommandLine;
using Models.Analysis;
using Models.Engine;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <c>leadline sources lock</c>: stores the columns of undeclared sources, for builds that cannot reach the target.
internal static class SourcesCommand
{
    public static Command Create()
    {
        var sources = new Command("sources", "Manages the stored columns of sources, and helps to write contracts.");
        var lockCommand = new Command("lock", $"Writes {SourceCatalog.LockFileName}: the columns of sources that the project does not declare.");
        lockCommand.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
            var count = await SourceCatalog.WriteLockAsync(project, cancellationToken);
            observer.Message($"{count} {(count == 1 ? "source" : "sources")} in {SourceCatalog.LockFileName}.", isWarning: false);
            return ExitCodes.Success;
        }));
        sources.Subcommands.Add(lockCommand);
        sources.Subcommands.Add(ContractCommands.Infer());
        sources.Subcommands.Add(ContractCommands.Connectors());
        sources.Subcommands.Add(ContractCommands.Schema());
        return sources;
    }
}
