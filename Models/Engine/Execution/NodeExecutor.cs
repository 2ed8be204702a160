using Models.Database;
using Models.Database.Adapters;
using Models.Database.Sessions;
using Models.Engine.Artifacts;
using Models.Engine.Materializations;
using Models.Engine.Testing;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Models.Rendering.Nodes;

namespace Models.Engine.Execution;

/// <summary>Runs nodes on one worker: renders them, executes their statements, and converts every outcome to a result.</summary>
internal sealed class NodeExecutor(RunContext run, Session session, int worker) : IAsyncDisposable
{
    private readonly RunConnection _connection = new(session, run.Cache);

    /// <summary>Whether nodes may share a round-trip: data tests, and views.</summary>
    public static bool MayJoin(PlanNode first, PlanNode next) => (first.Node, next.Node) switch
    {
        (TestNode, TestNode) => true,
        (ModelNode { Materialized: "view" }, ModelNode { Materialized: "view" }) => true,
        _ => false,
    };

    public async Task<IReadOnlyList<NodeResult?>> RunAsync(IReadOnlyList<PlanNode> nodes, CancellationToken cancellationToken)
    {
        if (nodes is [var only])
            return [await RunOneAsync(only.Node, cancellationToken)];

        var together = nodes[0].Node is TestNode
            ? await TestTogetherAsync(nodes, cancellationToken)
            : await BuildTogetherAsync(nodes, cancellationToken);
        return [.. nodes.Select(n => together.GetValueOrDefault(n.Node.UniqueId))];
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    /// <summary>Returns the results of the tests that ran in one round-trip; the others must run separately.</summary>
    private async Task<IReadOnlyDictionary<string, NodeResult>> TestTogetherAsync(IReadOnlyList<PlanNode> nodes, CancellationToken cancellationToken)
    {
        var tests = new List<CompiledTest>();
        foreach (var node in nodes.Select(n => n.Node).Cast<TestNode>())
        {
            var started = run.Clock.GetUtcNow();
            if (!CompiledTest.Stores(node, run.Options) && TemplatesOf(node) is null && TryCompile(node, _connection) is { } compiled
                && TryComment(node) is { } comment)
                tests.Add(CompiledTest.Create(node, run, compiled.Sql, comment, started));
        }

        var outcomes = await TestExecutor.TryRunTogetherAsync(session, tests, cancellationToken);
        return outcomes.ToDictionary(
            o => o.Key, o => Finish(o.Value.Test.StartedAt, o.Value.Test.CompiledAt, o.Value.Test.Node, o.Value.Test.Sql, o.Value.Outcome));
    }

    /// <summary>
    /// Returns the results of the models that consist of one statement each, sent in one round-trip and one transaction; the others must be built
    /// separately. So must a model that queries the database while it renders and depends on another model of the group, because its parent does not
    /// exist yet.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, NodeResult>> BuildTogetherAsync(IReadOnlyList<PlanNode> nodes, CancellationToken cancellationToken)
    {
        var started = run.Clock.GetUtcNow();
        var plans = new List<(ModelNode Node, string Sql, BuildPlan Plan)>();
        var left = new HashSet<PlanNode>();
        foreach (var planned in nodes)
        {
            var node = (ModelNode)planned.Node;
            var watched = new WatchedConnection(_connection);
            if (!left.Contains(planned)
                && TryCompile(node, watched) is { } compiled
                && !(planned.Pending > 0 && watched.WasAsked)
                && TryPlan(node, compiled) is { Transaction: [{ IsUserSql: false }], Before.Count: 0, After.Count: 0 } plan)
            {
                plans.Add((node, compiled.Sql, plan));
            }
            else
            {
                left.UnionWith(planned.Dependents);
            }
        }

        var compiledAt = run.Clock.GetUtcNow();
        var outcomes = await session.TryInTransactionAsync([.. plans.Select(p => p.Plan.Transaction[0])], cancellationToken);
        var results = new Dictionary<string, NodeResult>(StringComparer.Ordinal);
        for (var i = 0; i < outcomes.Count; i++)
        {
            var (node, sql, plan) = plans[i];
            plan.Completed();
            results[node.UniqueId] = Finish(started, compiledAt, node, sql, new NodeOutcome(
                NodeStatus.Success, outcomes[i].ToString()) { Command = outcomes[i].Command, Rows = outcomes[i].Rows, RunSql = outcomes[i].Sql });
        }

        return results;
    }

    private BuildPlan? TryPlan(ModelNode node, CompiledNode compiled)
    {
        try
        {
            return Prepare(node, compiled) is (IPlannedMaterialization planned, var context) && !StaleRelations.Exist(context)
                && run.Project.PointerOf(node) is null
                ? planned.TryPlan(context)
                : null;
        }
        catch (Exception failure) when (Failures.IsOfNode(failure))
        {
            return null;
        }
    }

    // a node that cannot be rendered reports its error when it runs separately
    private CompiledNode? TryCompile(Node node, IAdapterConnection connection)
    {
        try
        {
            return Compile(node, connection);
        }
        catch (Exception failure) when (Failures.IsOfNode(failure))
        {
            return null;
        }
    }

    private string? TryComment(Node node)
    {
        try
        {
            return run.Comment.For(node, _connection);
        }
        catch (Exception failure) when (Failures.IsOfNode(failure))
        {
            return null;
        }
    }

    private async Task<NodeResult> RunOneAsync(Node node, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var started = run.Clock.GetUtcNow();
            var compiledAt = started;
            CompiledNode? compiled = null;
            try
            {
                if (node is ITemplatedNode)
                    compiled = Compile(node, _connection);
                compiledAt = run.Clock.GetUtcNow();
                var outcome = node switch
                {
                    TestNode test =>
                        await TestAsync(CompiledTest.Create(test, run, compiled!.Sql, run.Comment.For(node, _connection), started), cancellationToken),
                    UnitTestNode test => await UnitTestExecutor.RunAsync(run, session, _connection, test, cancellationToken),
                    RelationNode relation => await BuildAsync(relation, compiled, cancellationToken),
                    // these nodes build nothing; the result records that their parents were built
                    ExposureNode or SavedQueryNode => new NodeOutcome(NodeStatus.NoOp, "NO-OP") { Failures = 0 },
                    _ => throw new InvalidOperationException($"'{node.UniqueId}' cannot be run."),
                };
                return Finish(started, compiledAt, node, compiled?.Sql, outcome);
            }
            catch (Exception failure) when (
                TransientErrors.IsTransient(failure) && attempt < TransientErrors.Attempts && !cancellationToken.IsCancellationRequested)
            {
                await session.CloseAsync();
                // some of the node's statements may have been executed
                run.Cache.MarkStale();
                var pause = TransientErrors.Pause(attempt);
                run.Observer.Message(
                    $"{node.UniqueId}: {Failures.Describe(failure, node, compiled)}; trying again in {pause.TotalSeconds:0.0} s", isWarning: true);
                await Task.Delay(pause, run.Clock, cancellationToken);
            }
            catch (Exception failure) when (Failures.IsOfNode(failure) || failure is OperationCanceledException)
            {
                var message = failure is OperationCanceledException ? "Cancelled" : Failures.Describe(failure, node, compiled);
                return Finish(started, compiledAt, node, compiled?.Sql, new NodeOutcome(
                    NodeStatus.Error, message) { RunSql = (failure as StatementException)?.Statement.Sql });
            }
        }
    }

    private Task<NodeOutcome> TestAsync(CompiledTest test, CancellationToken cancellationToken) => TemplatesOf(test.Node) is { } templates
        ? TestExecutor.RunAsync(run, session, _connection, templates, test, cancellationToken)
        : TestExecutor.RunAsync(session, test, cancellationToken);

    /// <summary>The project's own templates for running a test; null for the run engine's.</summary>
    private CustomMaterialization? TemplatesOf(TestNode test) => CompiledTest.Measures(test) ? null : CustomMaterialization.Find(run.Project, test, "test");

    private CompiledNode Compile(Node node, IAdapterConnection connection) =>
        run.Project.Compile(node, connection, new CompileMode { Empty = run.Options.Compile.Empty });

    private async Task<NodeOutcome> BuildAsync(RelationNode node, CompiledNode? compiled, CancellationToken cancellationToken)
    {
        var (materialization, context) = Prepare(node, compiled);
        if (node is not FunctionNode)
            await StaleRelations.DropAsync(context, cancellationToken);
        var outcome = await materialization.BuildAsync(context, cancellationToken);
        await LatestVersion.PointAsync(context, cancellationToken);
        if (context.Hooks.Connection is { ChangedCatalog: true })
            run.Cache.MarkStale();
        await WarnOfMissingColumnsAsync(context, cancellationToken);
        var status = outcome.Problem is null ? NodeStatus.Success : NodeStatus.PartialSuccess;
        return new NodeOutcome(
            status, outcome.Problem ?? outcome.ToString()) { Command = outcome.Command, Rows = outcome.Rows, RunSql = outcome.Sql, Batches = outcome.Batches };
    }

    /// <summary>Uses dbt's wording, because people filter logs by it.</summary>
    private async Task WarnOfMissingColumnsAsync(BuildContext context, CancellationToken cancellationToken)
    {
        var missing = await RelationFinish.MissingColumnsAsync(context, cancellationToken);
        if (missing.Count > 0)
            run.Observer.Message(
                $"{context.Node.OriginalFilePath}: In relation {context.Target.QuotedName}: The following columns are specified in the schema but are not " +
                $"present in the database: {string.Join(", ", missing)}", isWarning: true);
    }

    private (IMaterialization Materialization, BuildContext Context) Prepare(RelationNode node, CompiledNode? compiled)
    {
        node = compiled?.Node as RelationNode ?? node;
        var relation = run.Project.Relations.Of(node);
        var name = node switch
        {
            ModelNode model => model.Materialized,
            SnapshotNode => "snapshot",
            SeedNode => "seed",
            FunctionNode => "function",
            _ => throw new InvalidOperationException($"'{node.UniqueId}' is not built."),
        };
        var materialization = CustomMaterialization.Find(run.Project, node, name) ?? MaterializationTable.Find(node, name)
            ?? throw new RunException(
                $"'{node.Name}' uses the unknown materialization '{name}'; the known ones are {string.Join(", ", MaterializationTable.Names)}.");
        _connection.Refresh(relation.Schema);
        var context = new BuildContext(
            node, compiled is null ? "" : compiled.Sql + run.Comment.For(node, _connection), HookRendering.Render(node, run.Project, session), run, session)
        {
            Connection = _connection,
            Compile = mode => run.Project.Compile(node, _connection, mode),
        };
        CitusPlacement.RequireSupported(context);
        return (materialization, context);
    }

    private NodeResult Finish(DateTimeOffset started, DateTimeOffset compiledAt, Node node, string? sql, NodeOutcome outcome)
    {
        var completed = run.Clock.GetUtcNow();
        WriteFiles(node, sql, outcome.RunSql);
        return new NodeResult
        {
            Node = node,
            Status = outcome.Status,
            Message = run.Secrets.Hide(outcome.Message),
            Failures = outcome.Failures,
            RowsAffected = outcome.Rows,
            Command = outcome.Command,
            StartedAt = started,
            CompileCompletedAt = compiledAt,
            CompletedAt = completed,
            Worker = worker,
            Batches = outcome.Batches,
            StoredIn = node is TestNode test && CompiledTest.Stores(test, run.Options) ? test.Relation : null,
            CompiledSql = sql,
        };
    }

    // writes files here, while the server works for the other workers
    private void WriteFiles(Node node, string? compiledSql, string? runSql)
    {
        try
        {
            if (compiledSql is not null)
                SqlFiles.WriteCompiled(run.Project, node, compiledSql);
            if (runSql is not null)
                SqlFiles.WriteRun(run.Project, node, runSql);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            run.Observer.Message($"The SQL of {node.UniqueId} was not written: {failure.Message}", isWarning: true);
        }
    }
}
