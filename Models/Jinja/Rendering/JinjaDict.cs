using System.Collections;

namespace Models.Jinja.Rendering;

/// <summary>A Python dict: keys in the order first inserted, any hashable value (None included) as a key.</summary>
public sealed class JinjaDict : IReadOnlyCollection<KeyValuePair<object?, object?>>
{
    private readonly OrderedDictionary<object, object?> _entries;

    public JinjaDict()
    {
        _entries = new OrderedDictionary<object, object?>(PythonEquality.Instance);
    }

    public JinjaDict(IEnumerable<KeyValuePair<string, object?>> entries)
        : this()
    {
        foreach (var (key, value) in entries)
            _entries[key] = value;
    }

    public int Count => _entries.Count;

    public IEnumerable<object?> Keys => _entries.Keys.Select(Unwrap);

    public IEnumerable<object?> Values => _entries.Values;

    /// <exception cref="KeyNotFoundException">The key does not exist.</exception>
    public object? this[object? key]
    {
        get => _entries[Wrap(key)];
        set => _entries[Wrap(key)] = value;
    }

    public bool TryGetValue(object? key, out object? value) => _entries.TryGetValue(Wrap(key), out value);

    public bool ContainsKey(object? key) => _entries.ContainsKey(Wrap(key));

    public void Add(object? key, object? value) => _entries.Add(Wrap(key), value);

    public bool Remove(object? key) => _entries.Remove(Wrap(key));

    public void Clear() => _entries.Clear();

    public JinjaDict Copy()
    {
        var copy = new JinjaDict();
        foreach (var (key, value) in _entries)
            copy._entries[key] = value;
        return copy;
    }

    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator()
    {
        foreach (var (key, value) in _entries)
            yield return new KeyValuePair<object?, object?>(Unwrap(key), value);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => PythonText.Repr(this);

    private static object Wrap(object? key) => key ?? NoneKey.Instance;

    private static object? Unwrap(object key) => ReferenceEquals(key, NoneKey.Instance) ? null : key;

    private sealed class NoneKey
    {
        public static NoneKey Instance { get; } = new();
    }
}
