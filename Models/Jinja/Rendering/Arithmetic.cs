using System.Numerics;
using System.Text;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering;

/// <summary>Python's arithmetic on numbers, strings and lists.</summary>
internal static class Arithmetic
{
    /// <summary>A power with more bits than this is an error, because computing it takes too long.</summary>
    private const int MaxBits = 100_000;

    public static object? Compute(Renderer renderer, ILocated place, ArithmeticOperator operation, object? left, object? right)
    {
        if (left is long a && right is long b && TryLong(operation, a, b, out var quick))
            return quick;
        if (PythonNumber.IsNumber(left) && PythonNumber.IsNumber(right))
            return Numbers(renderer, place, operation, left!, right!);
        if (operation == ArithmeticOperator.Modulo && left is string format)
            return PercentFormat.Format(renderer, place, format, right);
        if (left is Undefined undefined || (undefined = (right as Undefined)!) is not null)
            throw renderer.UndefinedUse(undefined, place);

        return operation switch
        {
            ArithmeticOperator.Add => Join(renderer, place, left, right),
            ArithmeticOperator.Multiply when PythonNumber.TryLong(right, out var times) => Repeat(renderer, place, left, times),
            ArithmeticOperator.Multiply when PythonNumber.TryLong(left, out var times) => Repeat(renderer, place, right, times),
            ArithmeticOperator.Subtract when left is JinjaSet x && right is JinjaSet y => new JinjaSet(x.Where(i => !y.Contains(i))),
            ArithmeticOperator.Subtract when left is IJinjaArithmetic host => host.Subtract(right) ?? throw Mismatch(renderer, place, operation, left, right),
            _ => throw Mismatch(renderer, place, operation, left, right),
        };
    }

    public static object? Sign(Renderer renderer, ILocated place, bool isNegative, object? value) => value switch
    {
        bool flag => PythonNumber.Box(flag ? (isNegative ? -1L : 1L) : 0L),
        _ when !isNegative && PythonNumber.IsNumber(value) => value,
        long number => number == long.MinValue ? -(BigInteger)number : PythonNumber.Box(-number),
        double real => -real,
        decimal exact => -exact,
        BigInteger big => PythonNumber.Box(-big),
        Undefined undefined => throw renderer.UndefinedUse(undefined, place),
        _ => throw renderer.TypeError(place, $"{Operators.Describe(value)} cannot have a sign"),
    };

    private static bool TryLong(ArithmeticOperator operation, long a, long b, out object? result)
    {
        long value;
        switch (operation)
        {
            case ArithmeticOperator.Add:
                value = unchecked(a + b);
                result = PythonNumber.Box(value);
                return ((a ^ value) & (b ^ value)) >= 0;
            case ArithmeticOperator.Subtract:
                value = unchecked(a - b);
                result = PythonNumber.Box(value);
                return ((a ^ b) & (a ^ value)) >= 0;
            case ArithmeticOperator.Multiply:
                var high = Math.BigMul(a, b, out value);
                result = PythonNumber.Box(value);
                return high == value >> 63;
            default:
                result = null;
                return false;
        }
    }

    private static object Numbers(Renderer renderer, ILocated place, ArithmeticOperator operation, object left, object right)
    {
        try
        {
            if (PythonNumber.IsInteger(left) && PythonNumber.IsInteger(right))
                return Integers(renderer, place, operation, PythonNumber.ToBig(left), PythonNumber.ToBig(right));
            if (left is not double && right is not double && left is not BigInteger && right is not BigInteger && operation != ArithmeticOperator.Power)
                return Decimals(renderer, place, operation, PythonNumber.ToDecimal(left), PythonNumber.ToDecimal(right));

            return Reals(renderer, place, operation, PythonNumber.ToDouble(left), PythonNumber.ToDouble(right));
        }
        catch (OverflowException)
        {
            throw renderer.ValueError(place, "the result of this calculation is too large");
        }
    }

    private static object Integers(Renderer renderer, ILocated place, ArithmeticOperator operation, BigInteger a, BigInteger b)
    {
        switch (operation)
        {
            case ArithmeticOperator.Add:
                return PythonNumber.Box(a + b);
            case ArithmeticOperator.Subtract:
                return PythonNumber.Box(a - b);
            case ArithmeticOperator.Multiply:
                CheckBits(renderer, place, a.GetBitLength() + b.GetBitLength());
                return PythonNumber.Box(a * b);
            case ArithmeticOperator.Power when b.Sign < 0:
                return Reals(renderer, place, operation, (double)a, (double)b);
            case ArithmeticOperator.Power:
                if (a.IsZero || a.IsOne)
                    return PythonNumber.Box(b.IsZero ? BigInteger.One : a);
                CheckBits(renderer, place, b > MaxBits ? long.MaxValue : a.GetBitLength() * (long)b);
                return PythonNumber.Box(BigInteger.Pow(a, (int)b));
        }

        if (b.IsZero)
            throw DivisionByZero(renderer, place);
        if (operation == ArithmeticOperator.Divide)
            return (double)a / (double)b;

        var quotient = BigInteger.DivRem(a, b, out var remainder);
        if (!remainder.IsZero && (remainder.Sign < 0) != (b.Sign < 0))
        {
            quotient -= 1;
            remainder += b;
        }

        return PythonNumber.Box(operation == ArithmeticOperator.FloorDivide ? quotient : remainder);
    }

    private static object Decimals(Renderer renderer, ILocated place, ArithmeticOperator operation, decimal a, decimal b)
    {
        switch (operation)
        {
            case ArithmeticOperator.Add:
                return a + b;
            case ArithmeticOperator.Subtract:
                return a - b;
            case ArithmeticOperator.Multiply:
                return a * b;
        }

        if (b == 0)
            throw DivisionByZero(renderer, place);

        return operation switch
        {
            ArithmeticOperator.Divide => a / b,
            ArithmeticOperator.FloorDivide => decimal.Truncate(a / b),
            _ => a % b,
        };
    }

    private static object Reals(Renderer renderer, ILocated place, ArithmeticOperator operation, double a, double b)
    {
        switch (operation)
        {
            case ArithmeticOperator.Add:
                return a + b;
            case ArithmeticOperator.Subtract:
                return a - b;
            case ArithmeticOperator.Multiply:
                return a * b;
            case ArithmeticOperator.Power:
                if (a == 0 && b < 0)
                    throw DivisionByZero(renderer, place);
                return Math.Pow(a, b);
        }

        if (b == 0)
            throw DivisionByZero(renderer, place);
        if (operation == ArithmeticOperator.Divide)
            return a / b;
        if (operation == ArithmeticOperator.FloorDivide)
            return Math.Floor(a / b);

        var remainder = a % b;
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
    }

    private static object Join(Renderer renderer, ILocated place, object? left, object? right)
    {
        switch (left, right)
        {
            case (string a, string b):
                renderer.CheckLength((long)a.Length + b.Length, place);
                return renderer.Concat(a, b, place);
            case (JinjaList a, JinjaList b):
                renderer.CheckLength((long)a.Count + b.Count, place);
                return new JinjaList([.. a.Items, .. b.Items]);
            case (JinjaTuple a, JinjaTuple b):
                return new JinjaTuple([.. a.Items, .. b.Items]);
            case (IJinjaArithmetic host, _) when host.Add(right) is { } sum:
                return sum;
            default:
                throw Mismatch(renderer, place, ArithmeticOperator.Add, left, right);
        }
    }

    private static object Repeat(Renderer renderer, ILocated place, object? value, long times)
    {
        times = Math.Max(0, times);
        switch (value)
        {
            case string text:
                renderer.CheckLength(Product(text.Length, times), place);
                return new StringBuilder().Insert(0, text, (int)times).ToString();
            case JinjaList list:
                renderer.CheckLength(Product(list.Count, times), place);
                return new JinjaList(Enumerable.Repeat(list.Items, (int)times).SelectMany(i => i));
            case JinjaTuple tuple:
                renderer.CheckLength(Product(tuple.Count, times), place);
                return new JinjaTuple([.. Enumerable.Repeat(tuple.Items, (int)times).SelectMany(i => i)]);
            default:
                throw Mismatch(renderer, place, ArithmeticOperator.Multiply, value, times);
        }
    }

    /// <summary>The resulting length; beyond every limit if it overflows.</summary>
    private static long Product(int length, long times) =>
        length == 0 ? Math.Min(times, int.MaxValue) / 16 : times > int.MaxValue ? long.MaxValue : length * times;

    private static void CheckBits(Renderer renderer, ILocated place, long bits)
    {
        if (bits > MaxBits)
            throw renderer.LimitError(place, "the result of this calculation is too large");
    }

    private static Diagnostics.DiagnosticException DivisionByZero(Renderer renderer, ILocated place) =>
        renderer.ValueError(place, "division by zero");

    private static Diagnostics.DiagnosticException Mismatch(
        Renderer renderer, ILocated place, ArithmeticOperator operation, object? left, object? right)
    {
        var (symbol, hint) = operation switch
        {
            ArithmeticOperator.Add when left is string || right is string => ("+", ": use '~' to join texts of anything"),
            ArithmeticOperator.Add => ("+", ""),
            ArithmeticOperator.Subtract => ("-", ""),
            ArithmeticOperator.Multiply => ("*", ""),
            ArithmeticOperator.Divide => ("/", ""),
            ArithmeticOperator.FloorDivide => ("//", ""),
            ArithmeticOperator.Modulo => ("%", ""),
            _ => ("**", ""),
        };
        return renderer.TypeError(place, $"'{symbol}' cannot take {Operators.Describe(left)} and {Operators.Describe(right)}{hint}");
    }
}
