using System.Runtime.CompilerServices;

namespace Models.Analysis.Lineage;

/// <summary>
/// Reads the column lineage of one view from its analysed query. Every output column is traced through joins, subqueries, common table expressions,
/// set operations and windows to the columns of other nodes.
/// </summary>
internal sealed class LineageReader
{
    private readonly ILineageRelations _relations;
    private readonly Dictionary<(QueryTreeNode Query, int Column), Dictionary<Input, ColumnUse>> _outputs = [];
    private readonly HashSet<(QueryTreeNode Query, int Column)> _inProgress = [];
    private readonly HashSet<(QueryTreeNode Query, int Column)> _recursive = [];
    private readonly HashSet<QueryTreeNode> _keysSeen = [];

    private LineageReader(ILineageRelations relations) => _relations = relations;

    /// <param name="tree">The text of <c>pg_rewrite.ev_action</c>.</param>
    /// <param name="relations">Resolves the tree's ids.</param>
    /// <exception cref="FormatException">The text is not a query tree.</exception>
    public static NodeLineage Read(ReadOnlySpan<char> tree, ILineageRelations relations)
    {
        if (QueryTreeReader.Read(tree) is not [QueryTreeNode query, ..])
            return NodeLineage.Empty;

        var reader = new LineageReader(relations);
        var scope = new QueryScope(query, parent: null);
        var columns = new Dictionary<string, IReadOnlyList<ColumnSource>>(StringComparer.Ordinal);
        foreach (var target in query.Items("targetList").OfType<QueryTreeNode>())
        {
            if (target.Number("resjunk") == 0 && target.Text("resname") is { } name)
                columns[name] = reader.Name(reader.Output(scope, target.Number("resno")));
        }

        var keys = new Dictionary<(Input Input, ColumnUse Use), bool>();
        reader.CollectKeys(scope, keys);
        return new NodeLineage(
            columns,
            [.. keys.Keys.Select(k => reader.Name(k.Input, k.Use)).OfType<ColumnSource>().Distinct().Order(ColumnSourceOrder.Instance)]);
    }

    private IReadOnlyList<ColumnSource> Name(Dictionary<Input, ColumnUse> inputs) =>
        inputs.Count == 0
            ? []
            : [.. inputs.Select(i => Name(i.Key, i.Value)).OfType<ColumnSource>().Order(ColumnSourceOrder.Instance)];

    private ColumnSource? Name(Input input, ColumnUse use)
    {
        if (input.InlinedNode is { } node)
            return new ColumnSource(node, input.InlinedColumn!, use);

        return _relations.TryFind(input.Relation, input.Attribute, out var found) ? new ColumnSource(found.Node, found.Column, use) : null;
    }

    /// <summary>The inputs of output column <paramref name="column"/> (from 1) of a query.</summary>
    private Dictionary<Input, ColumnUse> Output(QueryScope scope, int column)
    {
        var key = (scope.Query, column);
        if (_outputs.TryGetValue(key, out var known))
            return known;

        // a recursive query refers to itself; the enclosing call already collects its inputs
        if (!_inProgress.Add(key))
            return [];

        var inputs = new Dictionary<Input, ColumnUse>();
        if (scope.Query.Node("setOperations") is { } operation)
        {
            foreach (var branch in QueryScope.Branches(operation))
                CollectColumn(scope, branch, column, ColumnUse.Straight, inputs);
        }
        else if (scope.Target(column)?.Node("expr") is { } expression)
        {
            Collect(expression, scope, ColumnUse.Straight, inputs);
        }

        _inProgress.Remove(key);
        if (_recursive.Remove(key))
        {
            foreach (var input in inputs.Keys.ToList())
                inputs[input] = ColumnUse.Transformed;
        }

        return _outputs[key] = inputs;
    }

    private void Collect(object? value, QueryScope scope, ColumnUse use, Dictionary<Input, ColumnUse> inputs)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (value is List<object?> items)
        {
            foreach (var item in items)
                Collect(item, scope, use, inputs);
            return;
        }

        if (value is not QueryTreeNode node)
            return;

        switch (node.Type)
        {
            case "VAR":
                if (scope.Ancestor(node.Number("varlevelsup")) is { } owner)
                    CollectColumn(owner, node.Number("varno"), node.Number("varattno"), use, inputs);
                break;

            case "RELABELTYPE":
                Collect(node.Node("arg"), scope, use, inputs);
                break;

            case "SUBLINK":
                Collect(node.Node("testexpr"), scope, ColumnUse.Transformed, inputs);
                if (node.Node("subselect") is { } subselect)
                    CollectRow(scope.Child(subselect), ColumnUse.Transformed, inputs);
                break;

            case "WINDOWFUNC":
                CollectChildren(node, scope, inputs);
                CollectWindow(scope, node.Number("winref"), inputs);
                break;

            default:
                CollectChildren(node, scope, inputs);
                break;
        }
    }

    private void CollectChildren(QueryTreeNode node, QueryScope scope, Dictionary<Input, ColumnUse> inputs)
    {
        foreach (var child in node.Children)
            Collect(child, scope, ColumnUse.Transformed, inputs);
    }

    private void CollectWindow(QueryScope scope, int reference, Dictionary<Input, ColumnUse> inputs)
    {
        foreach (var window in scope.Query.Items("windowClause").OfType<QueryTreeNode>())
        {
            if (window.Number("winref") != reference)
                continue;

            foreach (var key in window.Items("partitionClause").Concat(window.Items("orderClause")))
                Collect(scope.SortTarget(key), scope, ColumnUse.Transformed, inputs);
        }
    }

    private void CollectRow(QueryScope scope, ColumnUse use, Dictionary<Input, ColumnUse> inputs)
    {
        foreach (var target in scope.Query.Items("targetList").OfType<QueryTreeNode>())
        {
            if (target.Number("resjunk") == 0)
                Add(Output(scope, target.Number("resno")), use, inputs);
        }
    }

    /// <summary>Collects one column of a range-table entry; column 0 is the whole row.</summary>
    private void CollectColumn(QueryScope scope, int entryIndex, int column, ColumnUse use, Dictionary<Input, ColumnUse> inputs)
    {
        if (scope.Entry(entryIndex) is not { } entry || column < 0)
            return;

        switch ((RangeKind)entry.Number("rtekind"))
        {
            case RangeKind.Relation:
                var relation = entry.ObjectId("relid");
                if (column > 0)
                    Add(new Input(relation, column), use, inputs);
                for (var i = column == 0 ? _relations.ColumnCount(relation) : 0; i > 0; i--)
                    Add(new Input(relation, i), ColumnUse.Transformed, inputs);
                break;

            case RangeKind.Subquery when entry.Node("subquery") is { } subquery:
                CollectOutput(scope.Child(subquery), column, use, inputs);
                break;

            case RangeKind.Join:
                CollectItem(entry.Items("joinaliasvars"), column, scope, use, inputs);
                break;

            case RangeKind.Group:
                CollectItem(entry.Items("groupexprs"), column, scope, use, inputs);
                break;

            case RangeKind.Values:
                foreach (var row in entry.Items("values_lists").OfType<List<object?>>())
                    CollectItem(row, column, scope, use, inputs);
                break;

            case RangeKind.CommonTableExpression:
                CollectCommonTable(scope, entry, column, use, inputs);
                break;

            default:
                foreach (var child in entry.Children)
                    Collect(child, scope, ColumnUse.Transformed, inputs);
                break;
        }
    }

    private void CollectCommonTable(
        QueryScope scope, QueryTreeNode entry, int column, ColumnUse use, Dictionary<Input, ColumnUse> inputs)
    {
        var name = entry.Text("ctename") ?? "";
        if (_relations.TryFindInlined(name, out var node))
        {
            var names = entry.Node("eref")?.Items("colnames") ?? [];
            for (var i = column == 0 ? 1 : column; i <= (column == 0 ? names.Count : column); i++)
            {
                if (i <= names.Count && names[i - 1] is string columnName)
                    Add(new Input(0, 0, node, columnName), column == 0 ? ColumnUse.Transformed : use, inputs);
            }
        }
        else if (scope.CommonTable(name, entry.Number("ctelevelsup")) is { } table)
        {
            CollectOutput(table, column, use, inputs);
        }
    }

    private void CollectOutput(QueryScope scope, int column, ColumnUse use, Dictionary<Input, ColumnUse> inputs)
    {
        if (column == 0)
        {
            CollectRow(scope, ColumnUse.Transformed, inputs);
            return;
        }

        // a recursive term that transforms its own value also transforms the initial value
        if (use == ColumnUse.Transformed && _inProgress.Contains((scope.Query, column)))
            _recursive.Add((scope.Query, column));

        Add(Output(scope, column), use, inputs);
    }

    private void CollectItem(List<object?> items, int column, QueryScope scope, ColumnUse use, Dictionary<Input, ColumnUse> inputs)
    {
        if (column == 0)
            Collect(items, scope, ColumnUse.Transformed, inputs);
        else if (column <= items.Count)
            Collect(items[column - 1], scope, use, inputs);
    }

    /// <summary>The filter, join and group keys of a query and of everything it reads.</summary>
    private void CollectKeys(QueryScope scope, Dictionary<(Input Input, ColumnUse Use), bool> keys)
    {
        if (!_keysSeen.Add(scope.Query))
            return;

        var query = scope.Query;
        AddKeys(query.Node("havingQual"), ColumnUse.Filter);
        CollectJoinKeys(query.Node("jointree"));
        foreach (var clause in query.Items("groupClause").Concat(query.Items("distinctClause")))
            AddKeys(scope.SortTarget(clause), ColumnUse.Group);

        // the sort order affects the rows only with a limit or offset
        if (query.Node("limitCount") is not null || query.Node("limitOffset") is not null)
        {
            foreach (var clause in query.Items("sortClause"))
                AddKeys(scope.SortTarget(clause), ColumnUse.Filter);
        }

        foreach (var inner in scope.InnerQueries(name => _relations.TryFindInlined(name, out _)))
            CollectKeys(inner, keys);

        void CollectJoinKeys(QueryTreeNode? from)
        {
            if (from is null)
                return;

            AddKeys(from.Node("quals"), from.Type == "JOINEXPR" ? ColumnUse.Join : ColumnUse.Filter);
            CollectJoinKeys(from.Node("larg"));
            CollectJoinKeys(from.Node("rarg"));
            foreach (var item in from.Items("fromlist"))
                CollectJoinKeys(item as QueryTreeNode);
        }

        void AddKeys(QueryTreeNode? expression, ColumnUse use)
        {
            var inputs = new Dictionary<Input, ColumnUse>();
            Collect(expression, scope, ColumnUse.Transformed, inputs);
            foreach (var input in inputs.Keys)
                keys[(input, use)] = true;
        }
    }

    private static void Add(Dictionary<Input, ColumnUse> from, ColumnUse use, Dictionary<Input, ColumnUse> inputs)
    {
        foreach (var (input, inner) in from)
            Add(input, use == ColumnUse.Straight ? inner : use, inputs);
    }

    private static void Add(Input input, ColumnUse use, Dictionary<Input, ColumnUse> inputs)
    {
        if (!inputs.TryGetValue(input, out var before) || before == ColumnUse.Straight)
            inputs[input] = use;
    }

    /// <summary>Values of <c>RTEKind</c>, the same in PostgreSQL 15 to 18; <see cref="Group"/> since 18.</summary>
    private enum RangeKind
    {
        Relation = 0,
        Subquery = 1,
        Join = 2,
        Values = 5,
        CommonTableExpression = 6,
        Group = 9,
    }

    /// <summary>A column of a relation, or of a node whose query is inlined.</summary>
    private readonly record struct Input(uint Relation, int Attribute, string? InlinedNode = null, string? InlinedColumn = null);
}
