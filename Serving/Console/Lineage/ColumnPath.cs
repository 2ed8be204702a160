using Serving.Console.Catalog;

namespace Serving.Console.Lineage;

/// <summary>The way of one column: what it is made from, down to the sources, and what is made from it.</summary>
internal sealed class ColumnPath
{
    private readonly Dictionary<string, SortedSet<string>> _columns = new(StringComparer.Ordinal);
    private readonly HashSet<(string From, string To)> _steps = [];

    private ColumnPath()
    {
    }

    public IEnumerable<string> Nodes => _columns.Keys;

    public static ColumnPath Of(WarehouseCatalog catalog, string node, string column)
    {
        var path = new ColumnPath();
        path.Add(node, column);
        path.Walk(node, column, (from, name) => catalog.Find(from)?.Columns.FirstOrDefault(c => c.Name == name)?.Sources ?? [], isUp: true);
        path.Walk(node, column, catalog.UsesOf, isUp: false);
        return path;
    }

    /// <summary>The columns of a node that are on the way.</summary>
    public IReadOnlyCollection<string> ColumnsOf(string node) => _columns.TryGetValue(node, out var columns) ? columns : [];

    public bool Has(string from, string to) => _steps.Contains((from, to));

    private void Walk(string node, string column, Func<string, string, IEnumerable<ColumnSource>> next, bool isUp)
    {
        var waiting = new Queue<(string Node, string Column)>([(node, column)]);
        var seen = new HashSet<(string Node, string Column)> { (node, column) };
        while (waiting.TryDequeue(out var here))
        {
            foreach (var there in next(here.Node, here.Column))
            {
                _steps.Add(isUp ? (there.Node, here.Node) : (here.Node, there.Node));
                Add(there.Node, there.Column);
                if (seen.Add((there.Node, there.Column)))
                    waiting.Enqueue((there.Node, there.Column));
            }
        }
    }

    private void Add(string node, string column)
    {
        if (!_columns.TryGetValue(node, out var columns))
            _columns[node] = columns = new SortedSet<string>(StringComparer.Ordinal);
        columns.Add(column);
    }
}
