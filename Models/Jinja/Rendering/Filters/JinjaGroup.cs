using System.Collections;

namespace Models.Jinja.Rendering.Filters;

/// <summary>One group of <c>groupby</c>: a pair whose parts can also be read by name.</summary>
internal sealed class JinjaGroup(object? grouper, JinjaList list) : IJinjaObject, IReadOnlyList<object?>
{
    public int Count => 2;

    public object? this[int index] => index == 0 ? grouper : list;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "grouper" => grouper,
            "list" => list,
            _ => null,
        };
        return name is "grouper" or "list";
    }

    public IEnumerator<object?> GetEnumerator()
    {
        yield return grouper;
        yield return list;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => PythonText.Repr(this);
}
