using System.Collections;

namespace Models.Jinja.Rendering;

/// <summary>A Python list: ordered, mutable, compared by its items.</summary>
public sealed class JinjaList : IReadOnlyList<object?>
{
    public JinjaList()
    {
        Items = [];
    }

    public JinjaList(IEnumerable<object?> items)
    {
        Items = [.. items];
    }

    internal JinjaList(List<object?> items)
    {
        Items = items;
    }

    public int Count => Items.Count;

    internal List<object?> Items { get; }

    public object? this[int index]
    {
        get => Items[index];
        set => Items[index] = value;
    }

    public void Add(object? item) => Items.Add(item);

    public IEnumerator<object?> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => PythonText.Repr(this);
}
