using System.Collections;

namespace Models.Jinja.Rendering;

/// <summary>A Python tuple: ordered, immutable, usable as a dictionary key.</summary>
public sealed class JinjaTuple(params object?[] items) : IReadOnlyList<object?>
{
    public int Count => Items.Length;

    internal object?[] Items { get; } = items;

    public object? this[int index] => Items[index];

    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => PythonText.Repr(this);
}
