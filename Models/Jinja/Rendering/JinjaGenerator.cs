using System.Collections;

namespace Models.Jinja.Rendering;

/// <summary>The result of <c>map</c>, <c>select</c> and similar filters: it can be iterated once, has no length and is always true, as in Python.</summary>
internal sealed class JinjaGenerator(IEnumerable<object?> items) : IEnumerable<object?>
{
    private readonly IEnumerator<object?> _items = items.GetEnumerator();

    public IEnumerator<object?> GetEnumerator()
    {
        while (_items.MoveNext())
            yield return _items.Current;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => "<generator object>";
}
