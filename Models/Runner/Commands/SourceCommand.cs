using System.CommandLine;
using Models.Database;
using Models.Engine;
using Models.Engine.Artifacts;
using Models.Engine.Execution;
using Models.Engine.Freshness;
using Models.Engine.Materializations;
using Models.Engine.Targets;
using Models.Project.Configuration;
using Models.Project.Graph;
using Models.Runner.Flags;
using Models.Runner.Reporting;

namespace Models.Runner.Commands;

/// <c>leadline source freshness</c>: checks the age of the sources.
internal static class SourceCommand
{
    private static readonly IReadOnlySet<ResourceType> Types = new HashSet<ResourceType> { ResourceType.Source };

    public static Command Create()
    {
        var selection = new SelectionFlags();
        var state = new StateFlags();
        var freshness = new Command("freshness", "Checks the age of the newest rows of sources.");
        var output = new Option<string?>("--output", "-o") { Description = "The file to write instead of target/sources.json." };
        var threads = new Option<int?>("--threads") { Description = "The number of sources to query in parallel." };
        selection.AddTo(freshness);
        freshness.Aliases.Add("snapshot-freshness");
        freshness.Options.Add(output);
        freshness.Options.Add(threads);
        state.AddTo(freshness);
        freshness.SetAction((parsed, cancellationToken) => CommandFrame.RunAsync(parsed, async observer =>
        {
            var started = TimeProvider.System.GetUtcNow();
            var project = ProjectLoader.Load(GlobalOptions.Compile(parsed), observer, cancellationToken);
            var count = parsed.GetValue(threads) ?? project.Target.Threads;
            await using var target = TargetAccess.Open(project, observer, count);
            using var previous = state.Open(parsed, project, observer);
            var sources = SelectedNodes.Of(target, selection.Read(parsed), Types, observer, previous)
                .OfType<SourceNode>().Where(FreshnessCheck.Applies).ToList();
            var results = await CheckAsync(target, sources, Math.Max(1, count), observer, cancellationToken);
            foreach (var result in results.Where(r => r.Error is not null))
                observer.Message($"Error in source {NodeWords.Name(result.Source)}: {result.Error}", isWarning: true);

            var file = parsed.GetValue(output) is { } chosen ? Path.GetFullPath(chosen) : Path.Combine(project.TargetPath, "sources.json");
            SourcesWriter.Write(file, GlobalOptions.Invocation, started, TimeProvider.System.GetUtcNow(), results);
            observer.Message("Done.", isWarning: false);
            var warningsFail = project.Options.Warnings.IsError(WarningPolicy.FreshnessResult);
            return results.Any(r => r.Status is FreshnessStatus.Error or FreshnessStatus.RuntimeError || (warningsFail && r.Status == FreshnessStatus.Warn))
                ? ExitCodes.Failed
                : ExitCodes.Success;
        }));

        return new Command("source", "Checks the project's sources.") { freshness };
    }

    /// <summary>Runs the checks between the project's hooks, unless its flags disable hooks for sources.</summary>
    /// <exception cref="RunException">A hook failed.</exception>
    private static async Task<IReadOnlyList<FreshnessResult>> CheckAsync(
        TargetAccess target, IReadOnlyList<SourceNode> sources, int threads, IRunObserver observer, CancellationToken cancellationToken)
    {
        var check = new FreshnessCheck(target, TimeProvider.System);
        if (target.Project.FlagIsOff("source_freshness_run_project_hooks"))
            return await check.RunAsync(sources, threads, observer, cancellationToken);

        var options = new RunOptions { Verb = RunVerb.Run, Which = "freshness", Compile = target.Project.Options };
        var hooks = new RunHooks(new RunContext(target.Project, options, target.Cache, observer, TimeProvider.System), target.Session);
        Require(await hooks.RunAsync(isStart: true, variables: null, cancellationToken));
        var results = await check.RunAsync(sources, threads, observer, cancellationToken);
        Require(await hooks.RunAsync(isStart: false, RunVariables.Of(target.Project, [.. results.Select(r => r.AsNodeResult())]), cancellationToken));
        return results;
    }

    private static void Require(IReadOnlyList<NodeResult> hooks)
    {
        if (hooks.FirstOrDefault(h => h.Status.IsFailure()) is { } failed)
            throw new RunException($"The hook {failed.Node.UniqueId} failed: {failed.Message}");
    }
}
