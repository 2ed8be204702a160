namespace Models.Jinja.Rendering;

/// <summary>Checks that a value is finite: lists and dicts of templates can contain themselves, or each other many times over.</summary>
public static class FiniteValue
{
    private const int MaxDepth = 200;
    private const int MaxValues = 5_000_000;

    /// <summary>Describes why a value cannot be written out, as a sentence without its full stop; null if it can be.</summary>
    public static string? Mistake(object? value)
    {
        var left = MaxValues;
        if (IsFinite(value, depth: 0, ref left))
            return null;

        return left < 0
            ? $"the value has more than {MaxValues} values in it, the repeated ones counted"
            : $"the value is nested more than {MaxDepth} levels deep: does it contain itself?";
    }

    private static bool IsFinite(object? value, int depth, ref int left)
    {
        if (--left < 0 || depth > MaxDepth)
            return false;

        if (value is JinjaDict dict)
        {
            foreach (var (key, item) in dict)
            {
                if (!IsFinite(key, depth + 1, ref left) || !IsFinite(item, depth + 1, ref left))
                    return false;
            }
        }
        else if (value is JinjaList or JinjaTuple or JinjaSet)
        {
            foreach (var item in (IEnumerable<object?>)value)
            {
                if (!IsFinite(item, depth + 1, ref left))
                    return false;
            }
        }

        return true;
    }
}
