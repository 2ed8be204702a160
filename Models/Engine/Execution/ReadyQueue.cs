namespace Models.Engine.Execution;

/// <summary>
/// The nodes whose parents are done; workers wait here for the next one. A lower level comes first, as in dbt, so that a model that reads another by
/// name, without a ref, finds it whenever it would in dbt. Within a level, the node with the longest chain of dependents comes first.
/// </summary>
internal sealed class ReadyQueue
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<PlanNode, (int Level, int Height, int Order)> _ready = new();
    private readonly Queue<TaskCompletionSource<IReadOnlyList<PlanNode>>> _waiting = new();
    private readonly int _workers;
    private readonly Func<PlanNode, PlanNode, bool> _mayJoin;
    private bool _closed;

    /// <param name="workers">The number of workers; a group leaves enough nodes for the others.</param>
    /// <param name="mayJoin">Whether a node may run together with the first node of a group.</param>
    public ReadyQueue(int workers, Func<PlanNode, PlanNode, bool> mayJoin)
    {
        _workers = workers;
        _mayJoin = mayJoin;
    }

    /// <summary>The maximum number of nodes of a group.</summary>
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

    /// <summary>Takes the next nodes to run together; returns none when the queue is closed.</summary>
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

    /// <summary>Closes the queue, and returns the remaining nodes.</summary>
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

    /// <summary>The level of the next node; the maximum value if none is ready.</summary>
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
