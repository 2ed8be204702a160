using Models.Database.Sessions;
using Models.Project.Graph;

namespace Models.Engine.Execution;

/// <summary>
/// Runs a group of nodes that may share a round-trip. Returns one result for each in their order, or null for a node that must run separately, which
/// is never the case for a group of one.
/// </summary>
internal delegate Task<IReadOnlyList<NodeResult?>> GroupRunner(IReadOnlyList<PlanNode> nodes, int worker, CancellationToken cancellationToken);

/// <summary>Starts every node as soon as its parents are done, on a fixed number of workers, and skips the dependents of failed nodes.</summary>
internal sealed class Scheduler(RunPlan plan, int workers, IRunObserver observer, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<NodeResult> _results = [];
    private int _started;
    private int _atWork;
    private bool _stopped;

    /// <summary>Whether to start no more nodes after the first failure.</summary>
    public bool FailFast { get; init; }

    public Func<PlanNode, PlanNode, bool> MayJoin { get; init; } = static (_, _) => false;

    /// <summary>Runs the plan; returns one result per node, in the order they ended.</summary>
    public async Task<IReadOnlyList<NodeResult>> RunAsync(GroupRunner run, CancellationToken cancellationToken)
    {
        var queue = new ReadyQueue(workers, MayJoin);
        if (plan.InOrder.Count == 0)
            return [];

        _atWork = workers;
        queue.Add([.. plan.InOrder.Where(n => n.Pending == 0)]);
        await Task.WhenAll(
            Enumerable.Range(1, workers).Select(worker => Task.Run(() => WorkAsync(queue, run, worker, cancellationToken), CancellationToken.None)));
        var finished = _results.Select(r => r.Node.UniqueId).ToHashSet(StringComparer.Ordinal);
        foreach (var left in plan.InOrder.Where(n => !finished.Contains(n.Node.UniqueId)))
            Finish(Skipped(left, "the run was stopped"));

        return _results;
    }

    private async Task WorkAsync(ReadyQueue queue, GroupRunner run, int worker, CancellationToken cancellationToken)
    {
        while (true)
        {
            var group = await queue.TakeAsync();
            if (group.Count == 0 || _stopped)
                return;

            try
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    Stop(queue);
                    return;
                }

                group = WithDependents(group, queue);
                foreach (var node in group)
                    Start(node);
                var results = await TryRunAsync(run, group, worker, cancellationToken);
                if (results is null)
                {
                    queue.Add(GiveBack(group));
                    return;
                }

                var ready = GiveBack([.. group.Where((_, i) => results[i] is null)]);
                for (var i = 0; i < group.Count; i++)
                {
                    if (results[i] is not { } result)
                        continue;

                    Finish(result);
                    Release(group[i], result, ready);
                }

                if (FailFast && results.Any(r => r?.Status.IsFailure() == true))
                    Stop(queue);
                queue.Add(ready);
                if (IsDone)
                    queue.Close();
            }
            catch
            {
                Stop(queue);
                throw;
            }
        }
    }

    /// <summary>
    /// Extends the group by nodes that depend only on its nodes and may join them: a chain of views is one round-trip. No node joins while one of a
    /// lower level is still to be run.
    /// </summary>
    private List<PlanNode> WithDependents(IReadOnlyList<PlanNode> ready, ReadyQueue queue)
    {
        var group = new List<PlanNode>(ready);
        var parents = new Dictionary<PlanNode, int>();
        var freed = new PriorityQueue<PlanNode, (int Level, int Order)>();
        var lowest = queue.LowestLevel;
        lock (_lock)
        {
            foreach (var node in ready)
                FreeDependents(node);
            while (group.Count < ReadyQueue.LargestGroup && freed.TryDequeue(out var next, out _) && next.Level <= lowest)
            {
                if (queue.MayJoin(group[0], next))
                {
                    next.IsTaken = true;
                    group.Add(next);
                    FreeDependents(next);
                }
                else
                {
                    lowest = Math.Min(lowest, next.Level);
                }
            }
        }

        return group;

        void FreeDependents(PlanNode node)
        {
            foreach (var dependent in node.Dependents)
            {
                var count = parents[dependent] = parents.GetValueOrDefault(dependent) + 1;
                if (count == dependent.Pending && dependent.BlockedBy is null)
                    freed.Enqueue(dependent, (dependent.Level, dependent.Order));
            }
        }
    }

    /// <summary>Marks each node to run separately; returns those that are ready.</summary>
    private List<PlanNode> GiveBack(IReadOnlyList<PlanNode> nodes)
    {
        lock (_lock)
        {
            foreach (var node in nodes)
            {
                node.IsTaken = false;
                node.RunsAlone = true;
            }

            return [.. nodes.Where(n => n.Pending == 0)];
        }
    }

    /// <summary>Returns null if the server has no connection for this worker while other workers exist; they take over its nodes.</summary>
    private async Task<IReadOnlyList<NodeResult?>?> TryRunAsync(GroupRunner run, IReadOnlyList<PlanNode> group, int worker, CancellationToken cancellationToken)
    {
        try
        {
            return await run(group, worker, cancellationToken);
        }
        catch (NoConnectionException none)
        {
            lock (_lock)
            {
                if (_atWork == 1)
                    return [.. group.Select(n => Failed(n, none.Message))];

                _atWork--;
                observer.Message($"{none.Message}; continuing with {_atWork} in parallel", isWarning: true);
                return null;
            }
        }
    }

    private bool IsDone
    {
        get
        {
            lock (_lock)
                return _results.Count == plan.InOrder.Count;
        }
    }

    private void Stop(ReadyQueue queue)
    {
        _stopped = true;
        queue.Close();
    }

    private void Start(PlanNode node)
    {
        lock (_lock)
        {
            // a node that a worker gave back was already announced
            if (_numbers.ContainsKey(node.Node.UniqueId))
                return;

            _numbers[node.Node.UniqueId] = ++_started;
            observer.NodeStarted(node.Node, _started, plan.InOrder.Count);
        }
    }

    private void Finish(NodeResult result)
    {
        lock (_lock)
        {
            if (!_numbers.TryGetValue(result.Node.UniqueId, out var number))
                _numbers[result.Node.UniqueId] = number = ++_started;
            _results.Add(result);
            observer.NodeFinished(result, number, plan.InOrder.Count);
        }
    }

    /// <summary>Releases the dependents; those of a failed node are skipped, and so are their dependents.</summary>
    private void Release(PlanNode done, NodeResult result, List<PlanNode> ready)
    {
        var blocked = new Queue<PlanNode>();
        lock (_lock)
            Free(done, result.Status.Blocks() && !ContinuesOnError(done.Node) ? done.Node : null, ready, blocked);

        while (blocked.TryDequeue(out var node))
        {
            Finish(Skipped(node, $"because of {node.BlockedBy!.UniqueId}"));
            lock (_lock)
                Free(node, node.BlockedBy, ready, blocked);
        }
    }

    /// <summary>True for a model whose dependents run although it failed: they read what its last successful run left.</summary>
    private static bool ContinuesOnError(Node node) => node is ModelNode && node.Config.GetString("on_error") == "continue";

    private static void Free(PlanNode done, Node? blocker, List<PlanNode> ready, Queue<PlanNode> blocked)
    {
        foreach (var dependent in done.Dependents)
        {
            dependent.BlockedBy ??= blocker;
            if (--dependent.Pending > 0 || dependent.IsTaken)
                continue;

            if (dependent.BlockedBy is null)
                ready.Add(dependent);
            else
                blocked.Enqueue(dependent);
        }
    }

    private NodeResult Skipped(PlanNode node, string reason) => NotRun(node, NodeStatus.Skipped, $"Skipped {reason}");

    private NodeResult Failed(PlanNode node, string message) => NotRun(node, NodeStatus.Error, message);

    private NodeResult NotRun(PlanNode node, NodeStatus status, string message)
    {
        var now = clock.GetUtcNow();
        return new NodeResult
        {
            Node = node.Node,
            Status = status,
            Message = message,
            StartedAt = now,
            CompileCompletedAt = now,
            CompletedAt = now,
        };
    }
}
