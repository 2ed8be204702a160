using Models.Project.Graph;

namespace Models.Engine.Execution;

/// <summary>The nodes to run and their dependencies; complete before anything starts.</summary>
internal sealed class RunPlan
{
    private readonly Dictionary<string, PlanNode> _nodes = new(StringComparer.Ordinal);
    private readonly ProjectGraph _graph;

    private RunPlan(ProjectGraph graph) => _graph = graph;

    /// <summary>Parents before children.</summary>
    public IReadOnlyList<PlanNode> InOrder { get; private set; } = [];

    /// <param name="graph">The whole graph: dependencies also pass through nodes that are not selected.</param>
    /// <param name="selected">The nodes to run in graph order.</param>
    /// <param name="testsGuard">True if a node waits for the tests of its parents, as in <c>build</c>.</param>
    public static RunPlan Create(ProjectGraph graph, IReadOnlyList<Node> selected, bool testsGuard)
    {
        var plan = new RunPlan(graph);
        for (var i = 0; i < selected.Count; i++)
            plan._nodes[selected[i].UniqueId] = new PlanNode(selected[i]) { Order = i };

        plan.InOrder = [.. plan._nodes.Values];
        var nearest = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var edges = new HashSet<(string, string)>();
        foreach (var node in plan.InOrder)
        {
            if (node.Node is UnitTestNode unitTest)
            {
                plan.AddUnitTestEdges(unitTest, nearest, edges);
                continue;
            }

            foreach (var parent in plan.NearestSelected(node.Node.UniqueId, nearest))
                plan.AddEdge(parent, node.Node.UniqueId, edges);
        }

        if (testsGuard)
            plan.AddTestEdges(edges);
        plan.Measure();
        return plan;
    }

    /// <summary>The ids of the nodes that come after each node in a build of the whole project, by the node's id.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> SuccessorsOf(ProjectGraph graph) =>
        Create(graph, graph.InOrder, testsGuard: true).InOrder.ToDictionary(
            n => n.Node.UniqueId, n => (IReadOnlyList<string>)[.. n.Dependents.Select(d => d.Node.UniqueId)], StringComparer.Ordinal);

    /// <summary>A unit test needs the model's SQL, not its rows: it runs before the model, as soon as its inputs exist.</summary>
    private void AddUnitTestEdges(UnitTestNode test, Dictionary<string, IReadOnlySet<string>> nearest, HashSet<(string, string)> edges)
    {
        if (!_graph.TryGet(test.Model, out _))
            return;

        foreach (var parent in NearestSelected(test.Model, nearest))
            AddEdge(parent, test.UniqueId, edges);
        if (_nodes.ContainsKey(test.Model))
            AddEdge(test.UniqueId, test.Model, edges);
    }

    private void AddEdge(string before, string after, HashSet<(string, string)> edges)
    {
        if (before == after || !edges.Add((before, after)))
            return;

        _nodes[before].Dependents.Add(_nodes[after]);
        _nodes[after].Pending++;
    }

    // looks through ephemeral and unselected nodes
    private IReadOnlySet<string> NearestSelected(string id, Dictionary<string, IReadOnlySet<string>> known)
    {
        if (known.TryGetValue(id, out var found))
            return found;

        var nearest = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parent in _graph.Parents(id))
        {
            if (_nodes.ContainsKey(parent))
                nearest.Add(parent);
            else if (_graph.TryGet(parent, out _))
                nearest.UnionWith(NearestSelected(parent, known));
        }

        known[id] = nearest;
        return nearest;
    }

    /// <summary>
    /// A test blocks the nodes below everything it reads, so that bad rows are not processed further. A test of several nodes blocks the first nodes
    /// that depend on all of them.
    /// </summary>
    private void AddTestEdges(HashSet<(string, string)> edges)
    {
        var below = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var test in InOrder)
        {
            if (test.Node is not TestNode)
                continue;

            var parents = NearestSelected(test.Node.UniqueId, []).ToList();
            if (parents.Count == 0)
                continue;

            foreach (var guarded in Guarded(parents, below))
                AddEdge(test.Node.UniqueId, guarded, edges);
        }
    }

    private IEnumerable<string> Guarded(List<string> parents, Dictionary<string, HashSet<string>> below)
    {
        if (parents is [var only])
        {
            return _nodes[only].Dependents.Where(d => !IsTest(d)).Select(d => d.Node.UniqueId).ToList();
        }

        var common = new HashSet<string>(Below(parents[0], below), StringComparer.Ordinal);
        foreach (var parent in parents.Skip(1))
            common.IntersectWith(Below(parent, below));

        return common
            .Where(id => !NearestSelected(id, []).Any(common.Contains))
            .ToList();
    }

    private HashSet<string> Below(string id, Dictionary<string, HashSet<string>> known)
    {
        if (known.TryGetValue(id, out var found))
            return found;

        var reached = new HashSet<string>(StringComparer.Ordinal);
        var stack = new Stack<PlanNode>([_nodes[id]]);
        while (stack.TryPop(out var node))
        {
            foreach (var next in node.Dependents)
            {
                if (!IsTest(next) && reached.Add(next.Node.UniqueId))
                    stack.Push(next);
            }
        }

        known[id] = reached;
        return reached;
    }

    private static bool IsTest(PlanNode node) => node.Node is TestNode or UnitTestNode;

    private void Measure()
    {
        var pending = InOrder.ToDictionary(n => n, n => n.Pending);
        var order = InOrder.Where(n => n.Pending == 0).ToList();
        for (var i = 0; i < order.Count; i++)
        {
            foreach (var dependent in order[i].Dependents)
            {
                dependent.Level = Math.Max(dependent.Level, order[i].Level + 1);
                if (--pending[dependent] == 0)
                    order.Add(dependent);
            }
        }

        for (var i = order.Count - 1; i >= 0; i--)
            order[i].Height = order[i].Dependents.Select(d => d.Height + 1).DefaultIfEmpty(1).Max();
    }
}
