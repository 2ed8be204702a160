using System.Globalization;
using System.Numerics;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering.Filters;

internal static class NumberFilters
{
    public static object? Abs(CallContext context, object? value, CallArguments arguments) =>
        Number(context, value, "abs") switch
        {
            double real => Math.Abs(real),
            decimal exact => Math.Abs(exact),
            var integer => PythonNumber.Box(BigInteger.Abs(PythonNumber.ToBig(integer))),
        };

    public static object? Int(CallContext context, object? value, CallArguments arguments)
    {
        var otherwise = arguments.Get(0, "default", 0L);
        var radix = Methods.Integer(context, arguments, 1, "base", 10);
        switch (value)
        {
            case Undefined undefined:
                throw context.Renderer.UndefinedUse(undefined, context);
            case double real:
                return double.IsFinite(real) ? PythonNumber.Box(new BigInteger(real)) : otherwise;
            case decimal exact:
                return PythonNumber.Box(new BigInteger(decimal.Truncate(exact)));
            case string text:
                return ParseInteger(text.Trim(), radix) is { } parsed
                    ? PythonNumber.Box(parsed)
                    : TryParseReal(text, out var number) && double.IsFinite(number) ? PythonNumber.Box(new BigInteger(number)) : otherwise;
            default:
                return PythonNumber.IsInteger(value) ? PythonNumber.Box(PythonNumber.ToBig(value!)) : otherwise;
        }
    }

    public static object? Float(CallContext context, object? value, CallArguments arguments)
    {
        if (PythonNumber.IsNumber(value))
            return PythonNumber.ToDouble(value!);
        if (value is Undefined undefined)
            throw context.Renderer.UndefinedUse(undefined, context);

        return value is string text && TryParseReal(text, out var number) ? number : arguments.Get(0, "default", 0.0);
    }

    public static object? Round(CallContext context, object? value, CallArguments arguments)
    {
        var precision = (int)Math.Clamp(Methods.Integer(context, arguments, 0, "precision", 0), -30, 30);
        var method = arguments.Get(1, "method", "common");
        var number = Number(context, value, "round");
        switch (method)
        {
            case "common" when PythonNumber.IsInteger(number):
                return RoundInteger(PythonNumber.ToBig(number), precision);
            case "common" when number is decimal exact && precision >= 0:
                return Math.Round(exact, Math.Min(precision, 28), MidpointRounding.ToEven);
            case "common":
                return RoundHalfEven(PythonNumber.ToDouble(number), precision);
            case "ceil":
                return Math.Ceiling(PythonNumber.ToDouble(number) * Math.Pow(10, precision)) / Math.Pow(10, precision);
            case "floor":
                return Math.Floor(PythonNumber.ToDouble(number) * Math.Pow(10, precision)) / Math.Pow(10, precision);
            default:
                throw context.ValueError("round goes by 'common', 'ceil' or 'floor'");
        }
    }

    public static object? Sum(CallContext context, object? value, CallArguments arguments)
    {
        var attribute = arguments.Get(0, "attribute");
        var sum = arguments.Get(1, "start", 0L);
        foreach (var item in context.Iterate(value))
        {
            var operand = attribute is null ? item : AttributePath.Get(context, item, attribute);
            sum = Arithmetic.Compute(context.Renderer, context, ArithmeticOperator.Add, sum, operand);
        }

        return sum;
    }

    public static object? FileSize(CallContext context, object? value, CallArguments arguments)
    {
        var bytes = Float(context, value, CallArguments.None) is double number ? number : 0;
        var isBinary = context.IsTrue(arguments.Get(0, "binary", otherwise: false));
        var unit = isBinary ? 1024.0 : 1000.0;
        if (bytes == 1)
            return "1 Byte";
        if (bytes < unit)
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Truncate(bytes)} Bytes");

        string[] prefixes = isBinary ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"] : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
        var size = bytes;
        var index = -1;
        do
        {
            size /= unit;
            index++;
        }
        while (size >= unit && index < prefixes.Length - 1);

        return size.ToString("F1", CultureInfo.InvariantCulture) + " " + prefixes[index];
    }

    private static object RoundInteger(BigInteger number, int precision)
    {
        if (precision >= 0)
            return PythonNumber.Box(number);

        var unit = BigInteger.Pow(10, -precision);
        var quotient = BigInteger.DivRem(number, unit, out var remainder);
        var twice = BigInteger.Abs(remainder) * 2;
        if (twice > unit || (twice == unit && !quotient.IsEven))
            quotient += number.Sign;
        return PythonNumber.Box(quotient * unit);
    }

    /// <summary>Rounds as Python does: exact halves go to the even digit, judged by the number's exact decimal value.</summary>
    private static double RoundHalfEven(double number, int precision)
    {
        if (!double.IsFinite(number))
            return number;
        if (precision < 0)
        {
            var factor = Math.Pow(10, -precision);
            return Math.Round(number / factor, MidpointRounding.ToEven) * factor;
        }

        return double.Parse(number.ToString($"F{precision}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) is var rounded
            && IsExactHalf(number, precision)
            ? Math.Round(number, Math.Min(precision, 15), MidpointRounding.ToEven)
            : rounded;
    }

    private static bool IsExactHalf(double number, int precision)
    {
        var digits = Math.Abs(number).ToString("F60", CultureInfo.InvariantCulture);
        var tail = digits.AsSpan(digits.IndexOf('.') + 1 + precision);
        return tail[0] == '5' && !tail[1..].ContainsAnyExcept('0');
    }

    private static object Number(CallContext context, object? value, string filter) => value switch
    {
        Undefined undefined => throw context.Renderer.UndefinedUse(undefined, context),
        _ when PythonNumber.IsNumber(value) => value!,
        _ => throw context.TypeError($"{filter} takes a number, not {Operators.Describe(value)}"),
    };

    private static BigInteger? ParseInteger(string text, long radix)
    {
        var isNegative = text.StartsWith('-');
        var digits = text.TrimStart('+', '-').ToLowerInvariant();
        if (text.Length - digits.Length > 1 || digits.StartsWith('_') || digits.EndsWith('_'))
            return null;

        var prefix = radix switch { 16 => "0x", 8 => "0o", 2 => "0b", _ => null };
        if (prefix is not null && digits.StartsWith(prefix, StringComparison.Ordinal))
            digits = digits[2..];
        if (digits.Length is 0 or > 5000 || radix is < 2 or > 36)
            return null;

        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            if (c == '_')
                continue;
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetterLower(c) ? c - 'a' + 10 : int.MaxValue;
            if (digit >= radix)
                return null;
            value = (value * radix) + digit;
        }

        return isNegative ? -value : value;
    }

    private static bool TryParseReal(string text, out double number)
    {
        var trimmed = text.Trim().Replace("_", "");
        switch (trimmed.TrimStart('+', '-').ToLowerInvariant())
        {
            case "inf" or "infinity":
                number = trimmed.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity;
                return true;
            case "nan":
                number = double.NaN;
                return true;
            default:
                return double.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                    CultureInfo.InvariantCulture, out number);
        }
    }
}
