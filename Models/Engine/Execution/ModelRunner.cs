using System.Diagnostics;
using Models.Database;
using Models.Engine.Artifacts;
using Models.Engine.BlueGreen;
using Models.Engine.History;
using Models.Engine.Materializations;
using Models.Engine.Selection;
using Models.Engine.State;
using Models.Engine.Targets;
using Models.Engine.Testing;
using Models.Parsing;
using Models.Project.Configuration;
using Models.Project.Graph;

namespace Models.Engine.Execution;

/// <summary>
/// The run engine: parses a project, selects nodes, runs them in the target and writes the artifacts. It is used by the command line and by the
/// ingestion worker.
/// </summary>
public sealed class ModelRunner(TimeProvider clock)
{
    public ModelRunner()
        : this(TimeProvider.System)
    {
    }

    /// <summary>Lists the selected nodes of all types in graph order, without connecting to a database.</summary>
    /// <exception cref="RunException">The project or the selection has an error.</exception>
    public static IReadOnlyList<Node> List(
        CompileOptions compile, SelectionOptions selection, string? state, IRunObserver? observer, CancellationToken cancellationToken)
    {
        observer ??= new SilentObserver();
        var project = ProjectLoader.Load(compile, SynchronizedObserver.Around(observer), cancellationToken, announces: false);
        using var previous = state is null ? null : PreviousArtifacts.Open(state, project, observer);
        return new NodeSelector(new SelectionContext(project, previous), selection)
            .Select(VerbTypes.Listed, new SelectionWarnings(observer, compile.Warnings));
    }

    /// <exception cref="RunException">The run could not start; the message is one line. A failed node is a result, not an exception.</exception>
    public async Task<RunSummary> RunAsync(RunOptions options, IRunObserver? observer, CancellationToken cancellationToken)
    {
        observer = SynchronizedObserver.Around(observer ?? new SilentObserver());
        var started = clock.GetUtcNow();
        var stopwatch = Stopwatch.StartNew();
        await using var early = EarlyConnection.Start(options, observer, cancellationToken);
        var project = ProjectLoader.Load(options.Compile, observer, cancellationToken);
        using var state = options.State is { } folder ? PreviousArtifacts.Open(folder, project, observer) : null;
        // nodes to retry are selected by id
        var selected = new NodeSelector(new SelectionContext(project, state), options.Only is null ? options.Selection : new SelectionOptions())
            .Select(VerbTypes.Of(options.Verb), new SelectionWarnings(observer, options.Compile.Warnings));
        project = project.In(project.Relations, selected);
        selected = [.. selected.Where(n => IsRunnable(n) && options.Only?.Contains(n.UniqueId) != false)];
        if (selected.Count == 0 && options.Compile.Warnings.IsError(WarningPolicy.NothingToDo))
            throw new RunException("There is nothing to do: no node is selected.");

        options = options with { RecordHistory = options.RecordHistory && HistorySettings.IsKept(project) };
        var historyDays = HistorySettings.Days(project);
        using var elsewhere = options is { Defer: true, DeferState: { } deferred } ? PreviousArtifacts.Open(deferred, project, observer) : null;
        var earlier = options.Defer ? Deferral.Require(elsewhere ?? state) : null;
        var shadow = options.BlueGreen ? ShadowBuild.Create(project, options) : null;
        await using var target = await TargetDatabase.ConnectAsync(
            project, await early.TakeSourceAsync(project.Target), options, observer, clock, cancellationToken);
        var history = new HistoryRecorder(target, observer);
        var keepsMeasurements = options.RecordHistory && selected.Any(n => n is TestNode test && CompiledTest.Measures(test))
            && await history.TryPrepareAsync(cancellationToken);
        await target.PrepareAsync(project, Schemas(project, selected, options), cancellationToken);
        if (options.Prepare is { } prepare)
            await prepare(project, cancellationToken);
        RunSummary summary;
        try
        {
            var placed = project;
            if (shadow is not null)
            {
                CitusPlacement.RequireNone(ShadowBuild.RelationsOf(project), target.Cache);
                await using var session = target.OpenSession();
                await shadow.PrepareAsync(session, target.Cache, options.Compile.FullRefresh, cancellationToken);
                placed = project.In(shadow.In(project.Relations));
                await target.PrepareAsync(placed, Schemas(placed, selected, options), cancellationToken);
            }

            if (earlier is not null)
                placed = placed.In(Deferral.Map(placed, selected, earlier, target.Cache, options.FavorState));

            var plan = RunPlan.Create(project.Graph, selected, testsGuard: options.Verb == RunVerb.Build);
            var workers = Math.Max(1, Math.Min(target.Threads, plan.InOrder.Count));
            observer.RunStarting(selected, target.Threads, project.Target.Name);

            var run = new RunContext(placed, options, target.Cache, observer, clock) { KeepsMeasurements = keepsMeasurements };
            var ran = await RunWithHooksAsync(run, plan, target, workers, cancellationToken);
            summary = new RunSummary(options.Compile.InvocationId, started, stopwatch.Elapsed, ran) { Cancelled = cancellationToken.IsCancellationRequested };
            if (shadow is not null && summary.Success)
            {
                await using var session = target.OpenSession();
                await shadow.PromoteAsync(session, observer, cancellationToken);
            }
        }
        catch (StoppedByHookException stopped)
        {
            throw new RunException(stopped.Message, stopped);
        }
        finally
        {
            if (shadow is not null)
            {
                await using var session = target.OpenSession();
                await shadow.DiscardAsync(session, observer);
            }
        }

        // both are independent, and one of them waits for the server
        var recording = options.RecordHistory && summary.Results.Count > 0
            ? Task.Run(() => history.RecordAsync(project, options, historyDays, summary), CancellationToken.None)
            : Task.CompletedTask;
        try
        {
            RunArtifacts.Write(project, summary, options, options.Verb == RunVerb.Build ? RunPlan.SuccessorsOf(project.Graph) : null);
        }
        finally
        {
            await recording;
        }

        observer.RunFinished(summary);
        return summary;
    }

    private async Task<IReadOnlyList<NodeResult>> RunWithHooksAsync(
        RunContext run, RunPlan plan, TargetDatabase target, int workers, CancellationToken cancellationToken)
    {
        if (plan.InOrder.Count == 0)
            return [];

        await using var session = target.OpenSession();
        var hooks = new RunHooks(run, session);
        var before = await hooks.RunAsync(isStart: true, variables: null, cancellationToken);
        var failed = before.FirstOrDefault(r => r.Status.IsFailure());
        var results = failed is not null && run.Project.Flag("skip_nodes_if_on_run_start_fails") is true
            ? [.. plan.InOrder.Select(n => Skipped(n.Node, failed.Node))]
            : await RunNodesAsync(run, plan, target, workers, cancellationToken);
        if (cancellationToken.IsCancellationRequested)
            return [.. before, .. results];

        var after = await hooks.RunAsync(isStart: false, RunVariables.Of(run.Project, results), cancellationToken);
        await run.DeferredDrops.DropAsync(session, line => run.Observer.Message(line, isWarning: true), cancellationToken);
        return [.. before, .. results, .. after];
    }

    private NodeResult Skipped(Node node, Node because)
    {
        var now = clock.GetUtcNow();
        return new NodeResult
        {
            Node = node,
            Status = NodeStatus.Skipped,
            Message = $"Skipped because of {because.UniqueId}",
            StartedAt = now,
            CompileCompletedAt = now,
            CompletedAt = now,
        };
    }

    private async Task<IReadOnlyList<NodeResult>> RunNodesAsync(
        RunContext run, RunPlan plan, TargetDatabase target, int workers, CancellationToken cancellationToken)
    {
        var executors = new NodeExecutor?[workers];
        try
        {
            var scheduler = new Scheduler(plan, workers, run.Observer, clock) { FailFast = run.Options.FailFast, MayJoin = run.Options.FailFast
                ? static (_, _) => false
                : NodeExecutor.MayJoin };
            return await scheduler.RunAsync(
                (nodes, worker, token) => (executors[worker - 1] ??= new NodeExecutor(run, target.OpenSession(), worker)).RunAsync(nodes, token),
                cancellationToken);
        }
        finally
        {
            foreach (var executor in executors)
            {
                if (executor is not null)
                    await executor.DisposeAsync();
            }
        }
    }

    // an empty file is a valid node without SQL to run
    private static bool IsRunnable(Node node) =>
        node is not ModelNode { IsEphemeral: true } && (node is not ITemplatedNode templated || !string.IsNullOrWhiteSpace(templated.Source.Text));

    private static List<string> Schemas(ParsedProject project, IReadOnlyList<Node> selected, RunOptions options)
    {
        var schemas = new HashSet<string>(StringComparer.Ordinal) { project.Target.Schema };
        foreach (var node in selected.OfType<RelationNode>().Where(n => n is not TestNode test || CompiledTest.Stores(test, options)))
            schemas.Add(project.Relations.Of(node).Schema);
        return [.. schemas];
    }
}
