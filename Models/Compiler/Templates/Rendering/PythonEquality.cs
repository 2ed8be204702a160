using System.Numerics;

namespace Models.Compiler.Templates.Rendering;

/// <summary>Python's <c>==</c> and <c>hash()</c>: numbers by value whatever their type (True is 1), containers by their items.</summary>
public sealed class PythonEquality : IEqualityComparer<object?>
{
    private const int MaxDepth = 200;

    public static PythonEquality Instance { get; } = new();

    bool IEqualityComparer<object?>.Equals(object? x, object? y) => AreEqual(x, y);

    public static bool AreEqual(object? left, object? right) => AreEqual(left, right, 0);

    public int GetHashCode(object? obj) => obj switch
    {
        null => 0,
        string text => StringComparer.Ordinal.GetHashCode(text),
        bool flag => flag ? 1.GetHashCode() : 0.GetHashCode(),
        long number => number.GetHashCode(),
        BigInteger big => big >= long.MinValue && big <= long.MaxValue ? ((long)big).GetHashCode() : big.GetHashCode(),
        double real when real == Math.Floor(real) && Math.Abs(real) < 9e18 => ((long)real).GetHashCode(),
        decimal exact when exact == decimal.Floor(exact) && Math.Abs(exact) < 9_000_000_000_000_000_000m => ((long)exact).GetHashCode(),
        decimal exact => ((double)exact).GetHashCode(),
        JinjaTuple tuple => tuple.Items.Aggregate(tuple.Count, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
        JinjaList list => list.Count,
        JinjaDict dict => dict.Count,
        JinjaSet set => set.Count,
        Undefined => 7,
        _ => obj.GetHashCode(),
    };

    private static bool AreEqual(object? left, object? right, int depth)
    {
        if (ReferenceEquals(left, right))
            return left is not double.NaN;
        if (left is null || right is null)
            return false;
        if (left is string leftText)
            return right is string rightText && leftText == rightText;
        if (left is Undefined)
            return right is Undefined;
        if (PythonNumber.IsNumber(left))
            return PythonNumber.IsNumber(right) && PythonNumber.AreEqual(left, right);
        if (depth > MaxDepth)
            return false;

        return (left, right) switch
        {
            (JinjaList a, JinjaList b) => AreEqual(a.Items, b.Items, depth),
            (JinjaTuple a, JinjaTuple b) => AreEqual(a.Items, b.Items, depth),
            (JinjaDict a, JinjaDict b) => a.Count == b.Count
                && a.All(entry => b.TryGetValue(entry.Key, out var value) && AreEqual(entry.Value, value, depth + 1)),
            (JinjaSet a, JinjaSet b) => a.Count == b.Count && a.All(b.Contains),
            _ => left.Equals(right),
        };
    }

    private static bool AreEqual(IReadOnlyList<object?> left, IReadOnlyList<object?> right, int depth)
    {
        if (left.Count != right.Count)
            return false;

        for (var i = 0; i < left.Count; i++)
        {
            if (!AreEqual(left[i], right[i], depth + 1))
                return false;
        }

        return true;
    }
}
