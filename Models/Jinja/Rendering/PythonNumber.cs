using System.Globalization;
using System.Numerics;

namespace Models.Jinja.Rendering;

/// <summary>Python's number rules: bool is an int, an int is unbounded, and an int combined with a float becomes a float.</summary>
internal static class PythonNumber
{
    private static readonly object[] SmallIntegers = [.. Enumerable.Range(-16, 272).Select(i => (object)(long)i)];

    public static object True { get; } = true;

    public static object False { get; } = false;

    public static bool IsNumber(object? value) => value is long or double or bool or BigInteger or decimal;

    public static bool IsInteger(object? value) => value is long or bool or BigInteger;

    public static object Box(bool value) => value ? True : False;

    public static object Box(long value) => value is >= -16 and < 256 ? SmallIntegers[value + 16] : value;

    public static object Box(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? Box((long)value) : value;

    public static BigInteger ToBig(object value) => value switch
    {
        long number => number,
        bool flag => flag ? BigInteger.One : BigInteger.Zero,
        BigInteger big => big,
        _ => throw new InvalidCastException(value.GetType().Name),
    };

    /// <summary>Converts a long or bool to long.</summary>
    public static bool TryLong(object? value, out long number)
    {
        switch (value)
        {
            case long l:
                number = l;
                return true;
            case bool b:
                number = b ? 1 : 0;
                return true;
            default:
                number = 0;
                return false;
        }
    }

    public static double ToDouble(object value) => value switch
    {
        double real => real,
        long number => number,
        bool flag => flag ? 1 : 0,
        decimal exact => (double)exact,
        BigInteger big => (double)big,
        _ => throw new InvalidCastException(value.GetType().Name),
    };

    public static bool AreEqual(object left, object right) => Compare(left, right) == 0;

    /// <summary>Negative, zero or positive; null if either value is NaN.</summary>
    public static int? Compare(object left, object right)
    {
        if (TryLong(left, out var a) && TryLong(right, out var b))
            return a.CompareTo(b);
        if (IsInteger(left) && IsInteger(right))
            return ToBig(left).CompareTo(ToBig(right));
        if (left is decimal or long or bool && right is decimal or long or bool)
            return ToDecimal(left).CompareTo(ToDecimal(right));

        var x = ToDouble(left);
        var y = ToDouble(right);
        return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
    }

    public static decimal ToDecimal(object value) => value switch
    {
        decimal exact => exact,
        long number => number,
        bool flag => flag ? 1 : 0,
        _ => throw new InvalidCastException(value.GetType().Name),
    };

    /// <summary>Python's <c>repr</c> of a float: the shortest round-trip digits, with at least one decimal.</summary>
    public static string Repr(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        if (value == 0)
            return double.IsNegative(value) ? "-0.0" : "0.0";

        var scientific = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E') + 1), CultureInfo.InvariantCulture);
        var digits = Digits(shortest);
        var sign = value < 0 ? "-" : "";
        if (exponent is < -4 or >= 16)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        if (digits.Length <= exponent + 1)
            return $"{sign}{digits.PadRight(exponent + 1, '0')}.0";

        return $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    private static string Digits(string shortest)
    {
        var mantissa = shortest.AsSpan();
        var exponent = mantissa.IndexOf('E');
        if (exponent >= 0)
            mantissa = mantissa[..exponent];

        var digits = new string([.. mantissa.ToString().Where(char.IsAsciiDigit)]).TrimStart('0').TrimEnd('0');
        return digits.Length == 0 ? "0" : digits;
    }
}
