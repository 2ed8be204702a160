namespace Models.Analysis.Lineage;

/// <summary>A query of the tree together with the enclosing queries, to which its outer references are relative.</summary>
internal sealed class QueryScope(QueryTreeNode query, QueryScope? parent)
{
    private readonly List<object?> _entries = query.Items("rtable");
    private readonly Dictionary<QueryTreeNode, QueryScope> _children = [];

    public QueryTreeNode Query { get; } = query;

    /// <summary>The queries that a set operation combines, as range-table indexes.</summary>
    public static IEnumerable<int> Branches(QueryTreeNode operation)
    {
        if (operation.Type == "RANGETBLREF")
            return [operation.Number("rtindex")];

        return new[] { operation.Node("larg"), operation.Node("rarg") }.OfType<QueryTreeNode>().SelectMany(Branches);
    }

    public QueryScope Child(QueryTreeNode query)
    {
        if (!_children.TryGetValue(query, out var child))
            _children[query] = child = new QueryScope(query, this);

        return child;
    }

    public QueryScope? Ancestor(int levels)
    {
        var scope = this;
        while (levels-- > 0 && scope is not null)
            scope = scope.Parent;

        return scope;
    }

    /// <param name="index">From 1.</param>
    public QueryTreeNode? Entry(int index) =>
        index >= 1 && index <= _entries.Count ? _entries[index - 1] as QueryTreeNode : null;

    /// <param name="number">From 1; targets are ordered by their numbers.</param>
    public QueryTreeNode? Target(int number)
    {
        var targets = Query.Items("targetList");
        return number >= 1 && number <= targets.Count ? targets[number - 1] as QueryTreeNode : null;
    }

    /// <summary>The expression that a sort, group or distinct clause refers to.</summary>
    public QueryTreeNode? SortTarget(object? clause)
    {
        if (clause is not QueryTreeNode { Type: "SORTGROUPCLAUSE" } key)
            return null;

        var reference = key.Number("tleSortGroupRef");
        foreach (var item in Query.Items("targetList"))
        {
            if (item is QueryTreeNode target && target.Number("ressortgroupref") == reference)
                return target.Node("expr");
        }

        return null;
    }

    public QueryScope? CommonTable(string name, int levels)
    {
        if (Ancestor(levels) is not { } owner)
            return null;

        foreach (var item in owner.Query.Items("cteList"))
        {
            if (item is QueryTreeNode table && table.Text("ctename") == name && table.Node("ctequery") is { } inner)
                return owner.Child(inner);
        }

        return null;
    }

    /// <summary>All queries directly inside this one: in from, in with and in expressions.</summary>
    /// <param name="leaveOut">Returns true for the name of a common table expression to skip, because it is an inlined model.</param>
    public IEnumerable<QueryScope> InnerQueries(Func<string, bool> leaveOut)
    {
        foreach (var table in Query.Items("cteList").OfType<QueryTreeNode>())
        {
            if (table.Node("ctequery") is { } inner && !leaveOut(table.Text("ctename") ?? ""))
                yield return Child(inner);
        }

        foreach (var entry in _entries.OfType<QueryTreeNode>())
        {
            if (entry.Node("subquery") is { } inner)
                yield return Child(inner);
        }

        foreach (var field in new object?[] { Query.Items("targetList"), Query.Node("jointree"), Query.Node("havingQual") })
        {
            foreach (var inner in Subselects(field))
                yield return Child(inner);
        }
    }

    private QueryScope? Parent => parent;

    private static IEnumerable<QueryTreeNode> Subselects(object? value) => value switch
    {
        QueryTreeNode { Type: "SUBLINK" } link when link.Node("subselect") is { } subselect => [subselect],
        QueryTreeNode node => node.Children.SelectMany(Subselects),
        List<object?> items => items.SelectMany(Subselects),
        _ => [],
    };
}
