using Models.Jinja.Rendering;
using Models.Rendering.Connections;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Adapter;

/// <summary>A query's rows in templates: the part of agate's Table that templates use. Source: agate.readthedocs.io/en/latest/api/table.html.</summary>
internal sealed class TableObject(IReadOnlyList<string> columns, IReadOnlyList<RowObject> rows)
    : IJinjaObject, IJinjaIndexable, IReadOnlyList<object?>
{
    public IReadOnlyList<string> ColumnNames { get; } = columns;

    public IReadOnlyList<RowObject> Rows { get; } = rows;

    /// <summary>The PostgreSQL types of the columns, which are known only for a seed.</summary>
    public IReadOnlyList<string> SqlTypes { get; init; } = [];

    public int Count => Rows.Count;

    public object? this[int index] => Rows[index];

    public static TableObject Empty { get; } = new([], []);

    public static TableObject From(QueryResult result)
    {
        var rows = new List<RowObject>(result.Rows.Count);
        foreach (var row in result.Rows)
        {
            var values = new object?[row.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = ColumnValue.ToTemplate(row[i]);
            rows.Add(new RowObject(result.Columns, values));
        }

        return new TableObject(result.Columns, rows);
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "columns" => new ColumnsObject(this),
            "rows" => new RowsObject(this),
            "column_names" => new JinjaTuple([.. ColumnNames]),
            "column_types" => new JinjaTuple([.. ColumnNames.Select((_, i) => TypeOf(i))]),
            "print_table" => new HostFunction("print_table(max_rows?, max_columns?, **)", a => Print(a)),
            "print_csv" or "print_json" => new HostFunction(name + "(**)", a => Print(a)),
            "select" => new HostFunction("select(key)", a => Select(n => Names(a[0]).Contains(n))),
            "exclude" => new HostFunction("exclude(key)", a => Select(n => !Names(a[0]).Contains(n))),
            "limit" => new HostFunction("limit(start_or_stop?, stop?, step?)", Limit),
            "where" => new HostFunction(
                "where(test)", a => new TableObject(ColumnNames, [.. Rows.Where(r => a.Context.IsTrue(a.Context.Call(a[0], new CallArguments([r], []))))])),
            "rename" => new HostFunction("rename(column_names?, **)", Rename),
            "distinct" => new HostFunction(
                "distinct(key?)", _ => new TableObject(ColumnNames, [.. Rows.DistinctBy(r => PythonText.Repr(new JinjaTuple([.. r.Values])))])),
            _ => null,
        };
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        if (key is not long index || !TryIndex(index, Rows.Count, out var at))
            return false;

        value = Rows[at];
        return true;
    }

    public IEnumerator<object?> GetEnumerator() => Rows.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Resolves a Python index, which counts from the end if it is negative.</summary>
    public static bool TryIndex(long index, int count, out int at)
    {
        at = (int)(index < 0 ? index + count : index);
        return at >= 0 && at < count;
    }

    public JinjaTuple ColumnValues(int column)
    {
        var values = new object?[Rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Rows[i].Values[column];

        return new JinjaTuple(values);
    }

    public override string ToString() => $"<agate.Table: {ColumnNames.Count} columns, {Rows.Count} rows>";

    public string ToText()
    {
        var lines = new List<string> { "| " + string.Join(" | ", ColumnNames) + " |" };
        foreach (var row in Rows)
            lines.Add("| " + string.Join(" | ", row.Values.Select(PythonText.Str)) + " |");

        return string.Join('\n', lines);
    }

    /// <summary>agate's name of a column's type, derived from its first value.</summary>
    public string TypeOf(int column)
    {
        foreach (var row in Rows)
        {
            switch (row.Values[column])
            {
                case null:
                    continue;
                case bool:
                    return "Boolean";
                case long or double or decimal or System.Numerics.BigInteger:
                    return "Number";
                case Modules.DateTimeObject:
                    return "DateTime";
                case Modules.DateObject:
                    return "Date";
                default:
                    return "Text";
            }
        }

        return "Text";
    }

    private object? Print(BoundArguments a)
    {
        a.Node.Project.Print(ToText());
        return null;
    }

    private TableObject Select(Func<string, bool> keep)
    {
        var indexes = new List<int>();
        for (var i = 0; i < ColumnNames.Count; i++)
        {
            if (keep(ColumnNames[i]))
                indexes.Add(i);
        }

        return WithColumns([.. indexes.Select(i => ColumnNames[i])], r => [.. indexes.Select(i => r.Values[i])]);
    }

    private TableObject Rename(BoundArguments a)
    {
        var names = ColumnNames.ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            if (a[0] is JinjaDict map && map.TryGetValue(names[i], out var renamed))
                names[i] = PythonText.Str(renamed);
            else if (a[0] is IReadOnlyList<object?> list && i < list.Count)
                names[i] = PythonText.Str(list[i]);
        }

        return WithColumns(names, r => r.Values);
    }

    private TableObject Limit(BoundArguments a)
    {
        var start = a.Has(1) ? (int)a.Integer(0, otherwise: 0) : 0;
        var stop = (int)(a.Has(1) ? a.Integer(1, Rows.Count) : a.Integer(0, Rows.Count));
        return new TableObject(ColumnNames, [.. Rows.Skip(start).Take(stop - start)]);
    }

    private TableObject WithColumns(IReadOnlyList<string> names, Func<RowObject, IReadOnlyList<object?>> values) =>
        new(names, [.. Rows.Select(r => new RowObject(names, values(r)))]);

    private static HashSet<string> Names(object? key) => key is string name ? [name] : [.. ((IEnumerable<object?>?)key ?? []).Select(PythonText.Str)];
}
