namespace Models.Runner.Execution;

/// <summary>
/// Nodes whose parents are done; workers wait here for the next. A lower level comes first, as in dbt: a model that reads another by
/// name, without a ref, then finds it wherever dbt does. Within a level the node with the longest chain behind it comes first.
/// </summary>
internal sealed class ReadyQueue
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<PlanNode, (int Level, int Height, int Order)> _ready = new();
    private readonly Queue<TaskCompletionSource<IReadOnlyList<PlanNode>>> _waiting = new();
    private readonly int _workers;
    private readonly Func<PlanNode, PlanNode, bool> _mayJoin;
    private bool _closed;

    /// <param name="workers">How many take from here: a group leaves enough for the others.</param>
    /// <param name="mayJoin">Whether a node may be run together with the first of a group.</param>
    public ReadyQueue(int workers, Func<PlanNode, PlanNode, bool> mayJoin)
    {
        _workers = workers;
        _mayJoin = mayJoin;
    }

    /// <summary>How many nodes a group has at most.</summary>
    public const int LargestGroup = 32;

    public void Add(IReadOnlyList<PlanNode> nodes)
    {
        lock (_lock)
        {
            foreach (var node in nodes)
                _ready.Enqueue(node, (node.Level, -node.Height, node.Order));
            while (_waiting.Count > 0 && _ready.Count > 0)
                _waiting.Dequeue().SetResult(TakeGroup());
        }
    }

    /// <summary>The next nodes to run together; empty when nothing will come any more.</summary>
    public Task<IReadOnlyList<PlanNode>> TakeAsync()
    {
        lock (_lock)
        {
            if (_ready.Count > 0)
                return Task.FromResult<IReadOnlyList<PlanNode>>(TakeGroup());
            if (_closed)
                return Task.FromResult<IReadOnlyList<PlanNode>>([]);

            var waiting = new TaskCompletionSource<IReadOnlyList<PlanNode>>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiting);
            return waiting.Task;
        }
    }

    /// <summary>Nothing will be added; what is still there is taken back.</summary>
    public IReadOnlyList<PlanNode> Close()
    {
        lock (_lock)
        {
            _closed = true;
            while (_waiting.TryDequeue(out var waiting))
                waiting.SetResult([]);

            var left = new List<PlanNode>();
            while (_ready.TryDequeue(out var node, out _))
                left.Add(node);
            return left;
        }
    }

    /// <summary>The level of the next node; the greatest number where none is ready.</summary>
    public int LowestLevel
    {
        get
        {
            lock (_lock)
                return _ready.TryPeek(out var next, out _) ? next.Level : int.MaxValue;
        }
    }

    public bool MayJoin(PlanNode first, PlanNode next) => !first.RunsAlone && !next.RunsAlone && _mayJoin(first, next);

    private List<PlanNode> TakeGroup()
    {
        var group = new List<PlanNode> { _ready.Dequeue() };
        var share = Math.Min(LargestGroup, (_ready.Count / _workers) + 1);
        while (group.Count < share && _ready.TryPeek(out var next, out _) && next.Level == group[0].Level && MayJoin(group[0], next))
            group.Add(_ready.Dequeue());

        return group;
    }
}
