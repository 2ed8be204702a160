using System.CommandLine;
using Models.Database;
using Models.Engine;
using Models.Project.Configuration;
using Models.Runner.Flags;

namespace Models.Runner.Commands;

/// <c>leadline retry</c>: repeats the last run with the same flags, but only for nodes that failed or were skipped. A flag on the retry command line
/// overrides the earlier one; flags of the environment or the project apply only if the earlier run did not set them.
internal sealed class RetryCommand : Command
{
    /// <summary>Flags for locations and output, which are not taken from the earlier run.</summary>
    private static readonly HashSet<string> NotRestored = new(StringComparer.Ordinal)
    {
        "which", "project_dir", "profiles_dir", "target_path", "log_path", "log_format", "log_level", "quiet", "debug", "use_colors", "printer_width",
    };

    private readonly Option<string?> _state = new("--state") { Description = "The folder of the run to retry; the default is target." };
    private readonly IReadOnlyList<RunVerbCommand> _verbs;
    private readonly RunOperationCommand _operation;
    private readonly FlagSources _sources;

    /// <param name="verbs">The commands that can be retried; retry accepts their flags.</param>
    /// <param name="operation">The command that calls a macro, which can be retried too.</param>
    /// <param name="sources">The sources of flags besides the command line.</param>
    public RetryCommand(IReadOnlyList<RunVerbCommand> verbs, RunOperationCommand operation, FlagSources sources)
        : base("retry", "Runs again what failed or was skipped in the last run, with the flags it had.")
    {
        _verbs = verbs;
        _operation = operation;
        _sources = sources;
        Options.Add(_state);
        foreach (var option in new RunFlags().All.Where(o => o.Name != _state.Name))
            Options.Add(option);
        SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, observer => RunAsync(parsed, observer, cancellationToken)));
    }

    private async Task<int> RunAsync(ParseResult parsed, IRunObserver observer, CancellationToken cancellationToken)
    {
        var given = GlobalOptions.Compile(parsed);
        var folder = parsed.GetValue(_state) ?? given.TargetPath ?? TargetOf(given, cancellationToken);
        var last = RetryState.Read(Path.Combine(folder, "run_results.json"));
        if (last.Ids.Count == 0)
        {
            observer.Message("The last run has nothing to retry.", isWarning: false);
            return ExitCodes.Success;
        }

        var verb = _verbs.Append<Command>(_operation).FirstOrDefault(v => v.Name == last.Arguments.GetValueOrDefault("which") as string)
            ?? throw new RunException($"The command of the run in '{folder}' cannot be retried.");
        if (!IsGiven(parsed, "--vars") && last.Arguments.GetValueOrDefault("vars") is IReadOnlyDictionary<string, object?> vars
            && vars.FirstOrDefault(v => v.Value is Secrets.Mask).Key is { } secret)
            throw new RunException($"The last run had the secret var '{secret}', which is not stored; give --vars again.");

        var earlier = parsed.RootCommandResult.Command.Parse(
            [verb.Name, .. Macro(verb, last.Arguments), .. Restored(parsed, verb, last.Arguments), .. Given(parsed, last.Arguments)], parsed.Configuration);
        if (earlier.Errors is [var mistake, ..])
            throw new RunException($"The flags of the last run cannot be used again: {mistake.Message}");

        return verb is RunVerbCommand runs
            ? await RunVerbCommand.RunAsync(runs.Read(earlier) with { Only = last.Ids, OnlyBatches = last.Batches }, observer, cancellationToken)
            : await _operation.RunAsync(earlier, observer, cancellationToken);
    }

    private static IEnumerable<string> Macro(Command verb, IReadOnlyDictionary<string, object?> arguments) =>
        verb is RunOperationCommand && arguments.GetValueOrDefault("macro") is string macro ? [macro] : [];

    // a project with another target folder must be parsed to find it
    private static string TargetOf(CompileOptions options, CancellationToken cancellationToken)
    {
        var usual = Path.Combine(options.ProjectDirectory, "target");
        return File.Exists(Path.Combine(usual, "run_results.json"))
            ? usual
            : ProjectLoader.Load(options, new SilentObserver(), cancellationToken, announces: false).TargetPath;
    }

    /// <summary>The earlier run's flags as on a command line, except those that are given again.</summary>
    private IEnumerable<string> Restored(ParseResult parsed, Command verb, IReadOnlyDictionary<string, object?> arguments)
    {
        var known = verb.Options.Concat(GlobalOptions.All).SelectMany(o => o.Aliases.Append(o.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
        {
            var option = $"--{name.Replace('_', '-')}";
            if (value is null || NotRestored.Contains(name) || !known.Contains(option) || IsGiven(parsed, option))
                continue;

            foreach (var one in value as IEnumerable<object?> ?? [value])
                yield return $"{option}={FlagValue.Text(one!)}";
        }
    }

    private bool IsGiven(ParseResult parsed, string name) =>
        name != "--state" && GivenOptions(parsed).Any(o => (o.Name == name || o.Aliases.Contains(name)) && _sources.OriginOf(o) is null);

    private IEnumerable<string> Given(ParseResult parsed, IReadOnlyDictionary<string, object?> arguments)
    {
        foreach (var option in GivenOptions(parsed).Where(o => o.Name != "--state"))
        {
            var key = option.Name[2..].Replace('-', '_');
            if (_sources.OriginOf(option) is not null && !NotRestored.Contains(key) && arguments.GetValueOrDefault(key) is not null)
                continue;

            var values = parsed.GetResult(option)!.Tokens;
            if (values.Count == 0)
                yield return option.Name;
            foreach (var value in values)
                yield return $"{option.Name}={value.Value}";
        }
    }

    // flags of the environment or the project were already part of the earlier run
    private IEnumerable<Option> GivenOptions(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options)
            .Where(o => !o.Hidden && parsed.GetResult(o) is { Implicit: false }
                && (_sources.OriginOf(o) is null || NotRestored.Contains(o.Name.TrimStart('-').Replace('-', '_'))));
}
