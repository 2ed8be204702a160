using System.CommandLine;

namespace Models.Runner.Cli;

/// <summary>The verbs that run nodes: build, run, test, seed and snapshot.</summary>
internal static class RunVerbCommand
{
    public static Command Create(RunVerb verb, string description)
    {
        var command = new Command(verb.ToString().ToLowerInvariant(), description);
        var selection = new SelectionFlags();
        var flags = new RunFlags();
        selection.AddTo(command);
        flags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var options = flags.Read(parsed, verb) with { Selection = selection.Read(parsed) };
            var summary = await new ModelRunner().RunAsync(options, observer, cancellationToken);
            return summary.Success ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }
}
