namespace Models.Jinja.Rendering;

/// <summary>The evaluated arguments of one call, as written: positional ones first, then keywords.</summary>
public sealed class CallArguments(IReadOnlyList<object?> positional, IReadOnlyList<KeyValuePair<string, object?>> keyword)
{
    public CallArguments(params object?[] positional)
        : this(positional, [])
    {
    }

    public static CallArguments None { get; } = new([], []);

    public IReadOnlyList<object?> Positional { get; } = positional;

    public IReadOnlyList<KeyValuePair<string, object?>> Keyword { get; } = keyword;

    public bool TryGetKeyword(string name, out object? value)
    {
        foreach (var (key, candidate) in Keyword)
        {
            if (key == name)
            {
                value = candidate;
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>Gets an argument by position or by name.</summary>
    public bool TryGet(int position, string name, out object? value)
    {
        if (position < Positional.Count)
        {
            value = Positional[position];
            return true;
        }

        return TryGetKeyword(name, out value);
    }

    public object? Get(int position, string name, object? otherwise = null) =>
        TryGet(position, name, out var value) ? value : otherwise;
}
