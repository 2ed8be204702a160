using System.Numerics;

namespace Models.Jinja.Rendering;

/// <summary>Python's <c>==</c> and <c>hash()</c>: numbers compare by value across types (True equals 1), containers by their items.</summary>
public sealed class PythonEquality : IEqualityComparer<object?>
{
    private const int MaxDepth = 200;

    /// <summary>Two values count as different after this many comparisons: values that contain themselves would otherwise never finish.</summary>
    private const int MaxComparisons = 10_000_000;

    private const int MaxHashDepth = 4;

    public static PythonEquality Instance { get; } = new();

    bool IEqualityComparer<object?>.Equals(object? x, object? y) => AreEqual(x, y);

    public static bool AreEqual(object? left, object? right)
    {
        var comparisons = 0;
        return AreEqual(left, right, depth: 0, ref comparisons);
    }

    public int GetHashCode(object? obj) => Hash(obj, depth: 0);

    private static int Hash(object? value, int depth) => value switch
    {
        null => 0,
        string text => StringComparer.Ordinal.GetHashCode(text),
        bool flag => flag ? 1.GetHashCode() : 0.GetHashCode(),
        long number => number.GetHashCode(),
        BigInteger big => big >= long.MinValue && big <= long.MaxValue ? ((long)big).GetHashCode() : big.GetHashCode(),
        double real when real == Math.Floor(real) && Math.Abs(real) < 9e18 => ((long)real).GetHashCode(),
        decimal exact when exact == decimal.Floor(exact) && Math.Abs(exact) < 9_000_000_000_000_000_000m => ((long)exact).GetHashCode(),
        decimal exact => ((double)exact).GetHashCode(),
        JinjaTuple tuple when depth >= MaxHashDepth => tuple.Count,
        JinjaTuple tuple => tuple.Items.Aggregate(tuple.Count, (hash, item) => HashCode.Combine(hash, Hash(item, depth + 1))),
        JinjaList list => list.Count,
        JinjaDict dict => dict.Count,
        JinjaSet set => set.Count,
        Undefined => 7,
        _ => value.GetHashCode(),
    };

    private static bool AreEqual(object? left, object? right, int depth, ref int comparisons)
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
        if (depth > MaxDepth || ++comparisons > MaxComparisons)
            return false;

        return (left, right) switch
        {
            (JinjaList a, JinjaList b) => AreEqual(a.Items, b.Items, depth, ref comparisons),
            (JinjaTuple a, JinjaTuple b) => AreEqual(a.Items, b.Items, depth, ref comparisons),
            (JinjaDict a, JinjaDict b) => AreEqual(a, b, depth, ref comparisons),
            (JinjaSet a, JinjaSet b) => a.Count == b.Count && a.All(b.Contains),
            _ => left.Equals(right),
        };
    }

    private static bool AreEqual(JinjaDict left, JinjaDict right, int depth, ref int comparisons)
    {
        if (left.Count != right.Count)
            return false;

        foreach (var (key, value) in left)
        {
            if (!right.TryGetValue(key, out var other) || !AreEqual(value, other, depth + 1, ref comparisons))
                return false;
        }

        return true;
    }

    private static bool AreEqual(IReadOnlyList<object?> left, IReadOnlyList<object?> right, int depth, ref int comparisons)
    {
        if (left.Count != right.Count)
            return false;

        for (var i = 0; i < left.Count; i++)
        {
            if (!AreEqual(left[i], right[i], depth + 1, ref comparisons))
                return false;
        }

        return true;
    }
}
