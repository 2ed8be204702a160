using System.Collections;

namespace Models.Jinja.Rendering;

/// <summary>The result of a dict's <c>keys()</c>, <c>values()</c> and <c>items()</c>: a collection without an indexer.</summary>
internal sealed class JinjaView(string name, Func<IEnumerable<object?>> items, Func<int> count) : IReadOnlyCollection<object?>
{
    public string Name { get; } = name;

    public int Count => count();

    public IEnumerator<object?> GetEnumerator() => items().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => PythonText.Repr(this);
}
