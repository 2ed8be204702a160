namespace Models.Compiler.Templates.Rendering;

/// <summary>The evaluated arguments of one call, as written: positional ones first, then keywords.</summary>
public sealed class CallArguments(IReadOnlyList<object?> positional, IReadOnlyList<KeyValuePair<string, object?>> keyword)
{
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
}
