using Models.Database;
using Models.Engine.State;
using Models.Project.Graph;

namespace Models.Engine.Selection;

/// <summary>Selects nodes of the graph by the options of a command line.</summary>
internal sealed class NodeSelector(SelectionContext context, SelectionOptions options)
{
    /// <summary>The method whose value is the name of a selector in selectors.yml.</summary>
    public const string SelectorMethod = "selector";

    private readonly Stack<string> _selectors = new();
    private bool _comparesContracts;

    private ProjectGraph Graph => context.Project.Graph;

    /// <summary>Returns the selected nodes of the given types in graph order.</summary>
    /// <param name="types">The types that the verb runs.</param>
    /// <param name="warnings">Told of selectors that match nothing, and of broken contracts if nodes are compared with an earlier state.</param>
    public IReadOnlyList<Node> Select(IReadOnlySet<ResourceType> types, SelectionWarnings warnings)
    {
        var included = Included(warnings.NothingSelected);
        if (options.Exclude.Count > 0)
            included.ExceptWith(Evaluate(SelectionTree.Parse(options.Exclude), static _ => { }));
        if (_comparesContracts)
        {
            foreach (var found in new ContractBreaks(context.Project).Find(context.RequireState("state").Nodes))
                warnings.ContractBroken(found);
        }

        return [.. Graph.InOrder.Where(n => included.Contains(n.UniqueId) && types.Contains(n.ResourceType) && IsWantedType(n.ResourceType))];
    }

    private HashSet<string> Included(Action<string> warn)
    {
        if (options.Select.Count > 0)
        {
            var selected = Evaluate(SelectionTree.Parse(options.Select), warn);
            // a test of two nodes may get them from two selectors
            if (options.IndirectSelection is IndirectSelection.Cautious or IndirectSelection.Buildable)
                AddTests(selected, options.IndirectSelection);
            return selected;
        }

        var selectors = YamlSelectors.Read(context.Project);
        if (options.Selector is { } name)
            return Evaluate(selectors.Find(name), warn);

        return selectors.Default is { } standard
            ? Evaluate(standard, warn)
            : [.. Graph.InOrder.Select(n => n.UniqueId)];
    }

    private bool IsWantedType(ResourceType type) =>
        (options.ResourceTypes.Count == 0 || options.ResourceTypes.Contains(type)) && !options.ExcludeResourceTypes.Contains(type);

    private HashSet<string> Evaluate(SelectionTree tree, Action<string> warn)
    {
        switch (tree)
        {
            case SelectionTree.Leaf leaf:
                var nodes = EvaluateLeaf(leaf);
                if (nodes.Count == 0)
                    warn($"The selection criterion '{leaf.Criterion.Text}' does not match any enabled nodes");
                return nodes;

            case SelectionTree.Union union:
                var all = new HashSet<string>(StringComparer.Ordinal);
                foreach (var part in union.Parts)
                    all.UnionWith(Evaluate(part, warn));
                return all;

            case SelectionTree.Intersection { Parts.Count: > 0 } intersection:
                var common = Evaluate(intersection.Parts[0], warn);
                foreach (var part in intersection.Parts.Skip(1))
                    common.IntersectWith(Evaluate(part, warn));
                return common;

            case SelectionTree.Difference difference:
                var kept = Evaluate(difference.Included, warn);
                kept.ExceptWith(Evaluate(difference.Excluded, static _ => { }));
                return kept;

            default:
                return [];
        }
    }

    private HashSet<string> EvaluateLeaf(SelectionTree.Leaf leaf)
    {
        var criterion = leaf.Criterion;
        var selected = criterion.Method == SelectorMethod
            ? Named(criterion.Value)
            : Matching(criterion);

        var direct = selected.ToList();
        if (criterion.ChildDepth > 0)
            Walk(selected, direct, criterion.ChildDepth, Graph.Children);
        if (criterion.ParentDepth > 0)
            Walk(selected, direct, criterion.ParentDepth, KnownParents);
        if (criterion.ChildrensParents)
        {
            Walk(selected, direct, int.MaxValue, Graph.Children);
            Walk(selected, [.. selected], int.MaxValue, KnownParents);
        }

        AddTests(selected, leaf.IndirectSelection ?? options.IndirectSelection);
        return selected;
    }

    private HashSet<string> Named(string selector)
    {
        if (_selectors.Contains(selector))
            throw new RunException($"The selector '{selector}' in selectors.yml refers to itself.");

        _selectors.Push(selector);
        var selected = Evaluate(YamlSelectors.Read(context.Project).Find(selector), static _ => { });
        _selectors.Pop();
        return selected;
    }

    private HashSet<string> Matching(Criterion criterion)
    {
        var (method, detail) = SelectionMethods.Find(criterion.Method);
        _comparesContracts |= StateSelection.ComparesContracts(criterion);
        return Graph.InOrder.Where(node => method(context, node, detail, criterion.Value)).Select(n => n.UniqueId).ToHashSet(StringComparer.Ordinal);
    }

    private IReadOnlyList<string> KnownParents(string id) => [.. Graph.Parents(id).Where(p => Graph.TryGet(p, out _))];

    private static void Walk(HashSet<string> selected, IReadOnlyList<string> start, int depth, Func<string, IReadOnlyList<string>> next)
    {
        var seen = new HashSet<string>(start, StringComparer.Ordinal);
        var frontier = start;
        for (var i = 0; i < depth && frontier.Count > 0; i++)
        {
            var reached = new List<string>();
            foreach (var id in frontier)
            {
                foreach (var neighbour in next(id))
                {
                    if (seen.Add(neighbour))
                        reached.Add(neighbour);
                }
            }

            selected.UnionWith(reached);
            frontier = reached;
        }
    }

    /// <summary>Adds the tests of selected nodes.</summary>
    private void AddTests(HashSet<string> selected, IndirectSelection rule)
    {
        if (rule == IndirectSelection.Empty)
            return;

        HashSet<string>? buildable = null;
        if (rule == IndirectSelection.Buildable)
        {
            buildable = [.. selected];
            Walk(buildable, [.. selected], 1, KnownParents);
            buildable.UnionWith(Graph.InOrder.OfType<SourceNode>().Select(s => s.UniqueId));
        }

        foreach (var id in selected.ToList())
        {
            if (Graph[id] is TestNode)
                continue;

            foreach (var child in Graph.Children(id))
            {
                if (Graph[child] is not (TestNode or UnitTestNode))
                    continue;

                var comes = Graph[child] is UnitTestNode || rule switch
                {
                    IndirectSelection.Cautious => Graph.Parents(child).All(selected.Contains),
                    IndirectSelection.Buildable => Graph.Parents(child).All(buildable!.Contains),
                    _ => true,
                };
                if (comes)
                    selected.Add(child);
            }
        }
    }
}
