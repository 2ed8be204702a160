using System.CommandLine;
using System.Text.Json;
using Models.Compiler;
using Models.Runner.State;

namespace Models.Runner.Cli;

/// <summary><c>leadline retry</c>: the last run again, but only what failed or was skipped.</summary>
internal static class RetryCommand
{
    private static readonly HashSet<string> Undone = new(StringComparer.Ordinal) { "error", "fail", "skipped", "runtime error", "partial success" };

    public static Command Create()
    {
        var command = new Command("retry", "Runs again what failed or was skipped in the last run.");
        var flags = new RunFlags();
        flags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var given = flags.Read(parsed, RunVerb.Build);
            var folder = given.State ?? DefaultFolder(given.Compile);
            var (verb, arguments, ids) = Read(Path.Combine(folder, "run_results.json"));
            if (ids.Count == 0)
            {
                observer.Said("The last run left nothing undone.", isWarning: false);
                return ExitCodes.Success;
            }

            var options = given with
            {
                Verb = verb,
                State = null,
                Only = ids,
                Compile = given.Compile with
                {
                    FullRefresh = given.Compile.FullRefresh || arguments.GetValueOrDefault("full_refresh") is true,
                    Vars = given.Compile.Vars.Count > 0 ? given.Compile.Vars : arguments.GetValueOrDefault("vars") as IReadOnlyDictionary<string, object?> ?? given.Compile.Vars,
                    Target = given.Compile.Target ?? arguments.GetValueOrDefault("target") as string,
                    Empty = given.Compile.Empty || arguments.GetValueOrDefault("empty") is true,
                    StoreFailures = given.Compile.StoreFailures || arguments.GetValueOrDefault("store_failures") is true,
                    Warnings = given.Compile.Warnings == WarningPolicy.Default && arguments.GetValueOrDefault("warn_error") is true
                        ? new WarningPolicy { AllAreErrors = true }
                        : given.Compile.Warnings,
                    Command = verb.ToString().ToLowerInvariant(),
                    Profile = given.Compile.Profile ?? arguments.GetValueOrDefault("profile") as string,
                },
            };
            var summary = await new ModelRunner().RunAsync(options, observer, cancellationToken);
            return summary.Success ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    private static string DefaultFolder(CompileOptions options) =>
        Path.Combine(options.ProjectDirectory, options.TargetPath ?? "target");

    private static (RunVerb Verb, IReadOnlyDictionary<string, object?> Arguments, IReadOnlySet<string> Ids) Read(string path)
    {
        if (!File.Exists(path))
            throw new RunException($"There is no run to take up again: '{path}' does not exist.");

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var arguments = document.RootElement.TryGetProperty("args", out var args)
            ? JsonValues.Map(args)
            : new Dictionary<string, object?>();
        if (!Enum.TryParse<RunVerb>(arguments.GetValueOrDefault("which") as string, ignoreCase: true, out var verb))
            throw new RunException($"'{path}' is not of a run that can be taken up again.");

        var ids = document.RootElement.GetProperty("results").EnumerateArray()
            .Where(r => Undone.Contains(PreviousState.Text(r, "status") ?? ""))
            .Select(r => PreviousState.Text(r, "unique_id")!)
            .ToHashSet(StringComparer.Ordinal);
        return (verb, arguments, ids);
    }
}
