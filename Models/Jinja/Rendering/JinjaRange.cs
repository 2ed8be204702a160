using System.Collections;

namespace Models.Jinja.Rendering;

/// <summary><c>range(start, stop, step)</c></summary>
internal sealed class JinjaRange(long start, long stop, long step) : IReadOnlyList<object?>
{
    public int Count { get; } = (int)Math.Max(0, step > 0 ? (stop - start + step - 1) / step : (start - stop - step - 1) / -step);

    public object? this[int index] => PythonNumber.Box(start + (index * step));

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => step == 1 ? $"range({start}, {stop})" : $"range({start}, {stop}, {step})";
}
