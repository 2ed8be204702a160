namespace Models.Jinja.Rendering;

/// <summary>A scope with a fixed set of values.</summary>
public sealed class DictionaryScope(IReadOnlyDictionary<string, object?> values) : IJinjaScope
{
    public static DictionaryScope Empty { get; } = new(new Dictionary<string, object?>());

    public bool TryGet(string name, out object? value) => values.TryGetValue(name, out value);
}
