using System.CommandLine;
using Models.Engine;
using Models.Engine.Execution;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <summary>A verb that runs nodes: build, run, test, seed or snapshot.</summary>
internal sealed class RunVerbCommand : Command
{
    private readonly SelectionFlags _selection = new();
    private readonly RunFlags _flags = new();
    private readonly Option<bool> _show = new("--show") { Description = "Print the first rows of each seed that was loaded." };

    public RunVerbCommand(RunVerb verb, string description)
        : base(verb.ToString().ToLowerInvariant(), description)
    {
        Verb = verb;
        _selection.AddTo(this);
        _flags.AddTo(this);
        if (verb is RunVerb.Seed or RunVerb.Build)
            Options.Add(_show);
        SetAction((parsed, cancellationToken) =>
            CommandFrame.RunAsync(parsed, observer => RunAsync(Read(parsed), observer, cancellationToken, shows: parsed.GetValue(_show))));
    }

    public RunVerb Verb { get; }

    public RunOptions Read(ParseResult parsed) => _flags.Read(parsed, Verb) with { Selection = _selection.Read(parsed) };

    public static async Task<int> RunAsync(RunOptions options, IRunObserver observer, CancellationToken cancellationToken, bool shows = false)
    {
        var summary = await new ModelRunner().RunAsync(options, observer, cancellationToken);
        if (shows)
            await LoadedSeeds.ShowAsync(options, summary, observer, cancellationToken);
        return summary.Success ? ExitCodes.Success : ExitCodes.Failed;
    }
}
