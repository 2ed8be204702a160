using Models.Compiler;
using Models.Compiler.Graph;
using Models.Runner.Materializations;
using Models.Runner.Testing;

namespace Models.Runner.Execution;

/// <summary>Runs nodes on one worker: renders, talks to the server, and turns whatever happens into a result.</summary>
internal sealed class NodeExecutor(RunContext run, Session session, int worker) : IAsyncDisposable
{
    private readonly RunWarehouse _warehouse = new(session, run.Cache);

    /// <summary>Nodes that may share a round-trip: data tests.</summary>
    public static bool MayJoin(PlanNode first, PlanNode next) => first.Node is TestNode && next.Node is TestNode;

    public async Task<IReadOnlyList<NodeResult>> RunAsync(IReadOnlyList<Node> nodes, CancellationToken cancellationToken)
    {
        if (nodes is [var only])
            return [await RunOneAsync(only, cancellationToken)];

        var tests = new List<CompiledTest>();
        foreach (var node in nodes)
        {
            if (TryCompileTest((TestNode)node, out var test) && !test.StoresFailures)
                tests.Add(test);
        }

        var together = await TestExecutor.TryRunTogetherAsync(session, tests, cancellationToken);
        var results = new List<NodeResult>();
        foreach (var node in nodes)
        {
            results.Add(together.TryGetValue(node.UniqueId, out var outcome)
                ? Finish(outcome.Test.StartedAt, outcome.Test.CompiledAt, node, outcome.Test.Sql, outcome.Outcome)
                : await RunOneAsync(node, cancellationToken));
        }

        return results;
    }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private bool TryCompileTest(TestNode node, out CompiledTest test)
    {
        var started = run.Clock.GetUtcNow();
        try
        {
            test = CompiledTest.Create(node, run, Compile(node).Sql, started);
            return true;
        }
        catch (Exception failure) when (Failures.IsOfNode(failure))
        {
            // it will be run, and will fail, alone
            test = null!;
            return false;
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
                    compiled = Compile(node);
                compiledAt = run.Clock.GetUtcNow();
                var outcome = node switch
                {
                    TestNode test => await TestExecutor.RunAsync(session, CompiledTest.Create(test, run, compiled!.Sql, started), cancellationToken),
                    UnitTestNode test => await UnitTestExecutor.RunAsync(run, session, _warehouse, test, cancellationToken),
                    RelationNode relation => await BuildAsync(relation, compiled, cancellationToken),
                    _ => throw new InvalidOperationException($"'{node.UniqueId}' cannot be run."),
                };
                return Finish(started, compiledAt, node, compiled?.Sql, outcome);
            }
            catch (Exception failure) when (Transience.IsTransient(failure) && attempt < Transience.Attempts && !cancellationToken.IsCancellationRequested)
            {
                await session.CloseAsync();
                var pause = Transience.Pause(attempt);
                run.Observer.Said($"{node.UniqueId}: {Failures.Describe(failure, node, compiled)}; trying again in {pause.TotalSeconds:0.0} s", isWarning: true);
                await Task.Delay(pause, run.Clock, cancellationToken);
            }
            catch (Exception failure) when (Failures.IsOfNode(failure) || failure is OperationCanceledException)
            {
                var message = failure is OperationCanceledException ? "Cancelled" : Failures.Describe(failure, node, compiled);
                return Finish(started, compiledAt, node, compiled?.Sql, new NodeOutcome(NodeStatus.Error, message));
            }
        }
    }

    private CompiledNode Compile(Node node) =>
        run.Project.Compile(node, _warehouse, new CompileMode { Empty = run.Options.Compile.Empty });

    private async Task<NodeOutcome> BuildAsync(RelationNode node, CompiledNode? compiled, CancellationToken cancellationToken)
    {
        RelationNames.RequireFits(node.Relation);
        var name = node switch
        {
            ModelNode model => model.Materialized,
            SnapshotNode => "snapshot",
            SeedNode => "seed",
            _ => throw new InvalidOperationException($"'{node.UniqueId}' is not built."),
        };
        var materialization = CustomMaterialization.Find(run.Project, name) ?? MaterializationTable.Find(name)
            ?? throw new RunException($"'{node.Name}' asks for the materialization '{name}'; there are {string.Join(", ", MaterializationTable.Names)}.");
        _warehouse.Refresh(node.Relation.Schema);
        var context = new BuildContext(node, compiled?.Sql ?? "", HookRendering.Render(node, run.Project, _warehouse), run, session)
        {
            Warehouse = _warehouse,
            Compile = mode => run.Project.Compile(node, _warehouse, mode),
        };
        var outcome = await materialization.BuildAsync(context, cancellationToken);
        var status = outcome.Problem is null ? NodeStatus.Success : NodeStatus.PartialSuccess;
        return new NodeOutcome(status, outcome.Problem ?? outcome.ToString()) { Command = outcome.Command, Rows = outcome.Rows };
    }

    private NodeResult Finish(DateTimeOffset started, DateTimeOffset compiledAt, Node node, string? sql, NodeOutcome outcome) => new()
    {
        Node = node,
        Status = outcome.Status,
        Message = outcome.Message,
        Failures = outcome.Failures,
        RowsAffected = outcome.Rows,
        Command = outcome.Command,
        StartedAt = started,
        CompileCompletedAt = compiledAt,
        CompletedAt = run.Clock.GetUtcNow(),
        Worker = worker,
        CompiledSql = sql,
    };
}
