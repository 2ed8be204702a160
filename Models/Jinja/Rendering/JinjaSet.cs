using System.Collections;

namespace Models.Jinja.Rendering;

/// <summary>A Python set. Items keep their insertion order, so that the output is repeatable.</summary>
public sealed class JinjaSet : IReadOnlyCollection<object?>
{
    private readonly JinjaDict _items = new();

    public JinjaSet()
    {
    }

    public JinjaSet(IEnumerable<object?> items)
    {
        foreach (var item in items)
            Add(item);
    }

    public int Count => _items.Count;

    public bool Add(object? item)
    {
        if (_items.ContainsKey(item))
            return false;

        _items[item] = null;
        return true;
    }

    public bool Contains(object? item) => _items.ContainsKey(item);

    public bool Remove(object? item) => _items.Remove(item);

    public void Clear() => _items.Clear();

    public IEnumerator<object?> GetEnumerator() => _items.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => PythonText.Repr(this);
}
