using Models.Jinja.Lexing;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering;

/// <summary>Python's comparisons.</summary>
internal static class Comparison
{
    public static bool Holds(Renderer renderer, ILocated place, ComparisonOperator operation, object? left, object? right)
    {
        switch (operation)
        {
            case ComparisonOperator.Equal:
                CheckStrict(renderer, place, left, right);
                return PythonEquality.AreEqual(left, right);
            case ComparisonOperator.NotEqual:
                CheckStrict(renderer, place, left, right);
                return !PythonEquality.AreEqual(left, right);
            case ComparisonOperator.In:
                return Contains(renderer, place, right, left);
            case ComparisonOperator.NotIn:
                return !Contains(renderer, place, right, left);
        }

        if (Order(renderer, place, left, right) is not { } order)
            return false;

        return operation switch
        {
            ComparisonOperator.Less => order < 0,
            ComparisonOperator.LessOrEqual => order <= 0,
            ComparisonOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>Negative, zero or positive; null if either value is NaN.</summary>
    public static int? Order(Renderer renderer, ILocated place, object? left, object? right)
    {
        switch (left, right)
        {
            case (string a, string b):
                return string.CompareOrdinal(a, b);
            case (JinjaList a, JinjaList b):
                return Order(renderer, place, a.Items, b.Items);
            case (JinjaTuple a, JinjaTuple b):
                return Order(renderer, place, a.Items, b.Items);
            case (IComparable a, _) when right is not null && a.GetType() == right.GetType():
                return left is double ? PythonNumber.Compare(left, right) : a.CompareTo(right);
        }

        if (PythonNumber.IsNumber(left) && PythonNumber.IsNumber(right))
            return PythonNumber.Compare(left!, right!);
        if ((left as Undefined ?? right as Undefined) is { } undefined)
            throw renderer.UndefinedUse(undefined, place);

        throw renderer.TypeError(place, $"{Operators.Describe(left)} and {Operators.Describe(right)} have no order");
    }

    public static bool Contains(Renderer renderer, ILocated place, object? container, object? item)
    {
        switch (container)
        {
            case string text:
                return item switch
                {
                    string part => text.Contains(part, StringComparison.Ordinal),
                    Undefined undefined => throw renderer.UndefinedUse(undefined, place),
                    _ => throw renderer.TypeError(place, $"{Operators.Describe(item)} cannot be looked for in a text"),
                };
            case JinjaDict dict:
                return dict.ContainsKey(Operators.Hashable(renderer, place, item));
            case JinjaSet set:
                return set.Contains(Operators.Hashable(renderer, place, item));
            case IJinjaIndexable indexable and not IEnumerable<object?>:
                return indexable.TryGetItem(item, out _);
            default:
                return Operators.Iterate(renderer, place, container).Contains(item, PythonEquality.Instance);
        }
    }

    private static int? Order(Renderer renderer, ILocated place, IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        renderer.EnsureStack(place);
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (!PythonEquality.AreEqual(left[i], right[i]))
                return Order(renderer, place, left[i], right[i]);
        }

        return left.Count.CompareTo(right.Count);
    }

    private static void CheckStrict(Renderer renderer, ILocated place, object? left, object? right)
    {
        if (renderer.Options.Undefined == UndefinedBehaviour.Strict && (left as Undefined ?? right as Undefined) is { } undefined)
            throw renderer.UndefinedUse(undefined, place);
    }
}
