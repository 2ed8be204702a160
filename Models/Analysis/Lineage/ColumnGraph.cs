namespace Models.Analysis.Lineage;

/// <summary>A column of a node.</summary>
public readonly record struct ColumnId(string Node, string Column)
{
    public override string ToString() => $"{Node}.{Column}";
}

/// <summary>One step of a walk through lineage.</summary>
/// <param name="Column">The column reached.</param>
/// <param name="From">The column the walk came from.</param>
/// <param name="Use">How the column is used.</param>
/// <param name="Depth">The number of steps from the start, from 1.</param>
public sealed record LineageStep(ColumnId Column, ColumnId From, ColumnUse Use, int Depth);

/// <summary>The column lineage of a whole project, which can be traversed in both directions.</summary>
public sealed class ColumnGraph
{
    private readonly Dictionary<ColumnId, List<(ColumnId Other, ColumnUse Use)>> _upstream = [];
    private readonly Dictionary<ColumnId, List<(ColumnId Other, ColumnUse Use)>> _downstream = [];

    /// <param name="lineage">Lineage by unique id.</param>
    public ColumnGraph(IEnumerable<KeyValuePair<string, NodeLineage>> lineage)
    {
        foreach (var (node, columns) in lineage)
        {
            foreach (var (name, sources) in columns.Columns)
            {
                foreach (var source in sources)
                    Connect(new ColumnId(node, name), source);

                // filter, join and group keys affect every column
                foreach (var key in columns.Keys)
                    Connect(new ColumnId(node, name), key);
            }
        }
    }

    /// <summary>The columns that a column is derived from, nearest first.</summary>
    public IReadOnlyList<LineageStep> Upstream(ColumnId column) => Walk(column, _upstream);

    /// <summary>The columns derived from a column, nearest first.</summary>
    public IReadOnlyList<LineageStep> Downstream(ColumnId column) => Walk(column, _downstream);

    private static List<LineageStep> Walk(ColumnId start, Dictionary<ColumnId, List<(ColumnId Other, ColumnUse Use)>> edges)
    {
        var steps = new List<LineageStep>();
        var seen = new HashSet<(ColumnId, ColumnId)>();
        var queue = new Queue<(ColumnId Column, int Depth)>([(start, 0)]);
        var expanded = new HashSet<ColumnId> { start };
        while (queue.TryDequeue(out var current))
        {
            foreach (var (other, use) in edges.GetValueOrDefault(current.Column, []))
            {
                if (!seen.Add((current.Column, other)))
                    continue;

                steps.Add(new LineageStep(other, current.Column, use, current.Depth + 1));

                // a key does not contribute to values, so the traversal ends there
                if (use is ColumnUse.Straight or ColumnUse.Transformed && expanded.Add(other))
                    queue.Enqueue((other, current.Depth + 1));
            }
        }

        return steps;
    }

    private void Connect(ColumnId column, ColumnSource source)
    {
        var other = new ColumnId(source.Node, source.Column);
        Add(_upstream, column, (other, source.Use));
        Add(_downstream, other, (column, source.Use));
    }

    private static void Add(
        Dictionary<ColumnId, List<(ColumnId Other, ColumnUse Use)>> edges, ColumnId column, (ColumnId Other, ColumnUse Use) edge)
    {
        if (!edges.TryGetValue(column, out var list))
            edges[column] = list = [];

        list.Add(edge);
    }
}
