using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Adapter;

/// <summary>One row, with access to its values by position and by column name.</summary>
internal sealed class RowObject(IReadOnlyList<string> columns, IReadOnlyList<object?> values) : IJinjaObject, IJinjaIndexable, IReadOnlyList<object?>
{
    public IReadOnlyList<object?> Values { get; } = values;

    public int Count => Values.Count;

    public object? this[int index] => Values[index];

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        var index = key switch
        {
            long number when TableObject.TryIndex(number, Values.Count, out var at) => at,
            string name => IndexOf(name),
            _ => -1,
        };
        if (index < 0)
            return false;

        value = Values[index];
        return true;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "values" => new HostFunction("values()", _ => new JinjaTuple([.. Values])),
            "keys" => new HostFunction("keys()", _ => new JinjaTuple([.. columns])),
            "items" => new HostFunction("items()", _ => new JinjaList(columns.Select((c, i) => (object?)new JinjaTuple(c, Values[i])))),
            "dict" => new HostFunction("dict()", _ => new JinjaDict(columns.Select((c, i) => KeyValuePair.Create(c, Values[i])))),
            "get" => new HostFunction("get(key, default?)", a => TryGetItem(a[0], out var found) ? found : a[1]),
            _ => null,
        };
        return value is not null || TryGetItem(name, out value);
    }

    public IEnumerator<object?> GetEnumerator() => Values.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"<agate.Row: {PythonText.Repr(new JinjaTuple([.. Values]))}>";

    private int IndexOf(string name)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] == name)
                return i;
        }

        return -1;
    }
}

/// <c>table.rows</c>: rows by position; iteration yields the rows.
internal sealed class RowsObject(TableObject table) : IJinjaObject, IJinjaIndexable, IReadOnlyList<object?>
{
    public int Count => table.Rows.Count;

    public object? this[int index] => table.Rows[index];

    public bool TryGetItem(object? key, out object? value) => table.TryGetItem(key, out value);

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name is "values" ? new HostFunction("values()", _ => new JinjaTuple([.. table.Rows])) : null;
        return value is not null;
    }

    public IEnumerator<object?> GetEnumerator() => table.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <c>table.columns</c>: columns by position or name; iteration yields the columns.
internal sealed class ColumnsObject(TableObject table) : IJinjaObject, IJinjaIndexable, IReadOnlyList<object?>
{
    public int Count => table.ColumnNames.Count;

    public object? this[int index] => new ColumnValues(table, index);

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        var index = -1;
        if (key is string name)
        {
            for (var i = 0; i < table.ColumnNames.Count && index < 0; i++)
                index = table.ColumnNames[i] == name ? i : -1;
        }
        else if (key is long number && TableObject.TryIndex(number, Count, out var at))
        {
            index = at;
        }

        if (index < 0)
            return false;

        value = new ColumnValues(table, index);
        return true;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "keys" => new HostFunction("keys()", _ => new JinjaTuple([.. table.ColumnNames])),
            "values" => new HostFunction("values()", _ => new JinjaTuple([.. this])),
            "get" => new HostFunction("get(key, default?)", a => TryGetItem(a[0], out var found) ? found : a[1]),
            "items" => new HostFunction("items()", _ => new JinjaList(table.ColumnNames.Select((n, i) => (object?)new JinjaTuple(n, this[i])))),
            _ => null,
        };
        return value is not null || TryGetItem(name, out value);
    }

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>One column of a table: its name and its values.</summary>
internal sealed class ColumnValues(TableObject table, int index) : IJinjaObject, IJinjaIndexable, IReadOnlyList<object?>
{
    public int Count => table.Rows.Count;

    public object? this[int row] => table.Rows[row].Values[index];

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        if (key is not long number || !TableObject.TryIndex(number, Count, out var at))
            return false;

        value = this[at];
        return true;
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" => table.ColumnNames[index],
            "index" => (long)index,
            "data_type" => new ColumnTypeObject(table.TypeOf(index)),
            "values" => new HostFunction("values()", _ => table.ColumnValues(index)),
            "values_distinct" => new HostFunction("values_distinct()", _ => new JinjaTuple([.. table.ColumnValues(index).Distinct(PythonEquality.Instance)])),
            "values_without_nulls" => new HostFunction("values_without_nulls()", _ => new JinjaTuple([.. table.ColumnValues(index).Where(v => v is not null)])),
            "values_sorted" => new HostFunction("values_sorted()", _ => new JinjaTuple([.. table.ColumnValues(index).OrderBy(v => v as IComparable)])),
            _ => null,
        };
        return value is not null;
    }

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"<agate.Column: {table.ColumnNames[index]}>";
}
