using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Models.Jinja.Rendering;

/// <summary>Python's format specification: <c>[[fill]align][sign][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed partial class FormatSpec
{
    private const int MaxWidth = 1_000_000;
    private const int MaxPrecision = 300;

    public char Fill { get; init; } = ' ';

    public char? Align { get; init; }

    public char Sign { get; init; } = '-';

    public bool IsAlternate { get; init; }

    public int Width { get; init; }

    public char? Grouping { get; init; }

    public int? Precision { get; init; }

    public char? Type { get; init; }

    /// <summary>Parses a format specification; null if it is invalid.</summary>
    public static FormatSpec? TryParse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
            return null;

        var zero = match.Groups["zero"].Success;
        var align = match.Groups["align"].Value is [var a] ? a : zero ? '=' : (char?)null;
        if (!TryNumber(match.Groups["width"].Value, MaxWidth, out var width) || !TryNumber(match.Groups["precision"].Value, MaxPrecision, out var precision))
            return null;

        return new FormatSpec
        {
            Fill = match.Groups["fill"].Value is [var fill] ? fill : zero ? '0' : ' ',
            Align = align,
            Sign = match.Groups["sign"].Value is [var sign] ? sign : '-',
            IsAlternate = match.Groups["alternate"].Success,
            Width = width ?? 0,
            Grouping = match.Groups["grouping"].Value is [var grouping] ? grouping : null,
            Precision = precision,
            Type = match.Groups["type"].Value is [var type] ? type : null,
        };
    }

    public string Apply(CallContext context, object? value) => value switch
    {
        bool flag when Type is null or 's' => Pad(flag ? "True" : "False", '<'),
        _ when PythonNumber.IsInteger(value) && Type is null or 'd' or 'n' or 'x' or 'X' or 'o' or 'b' or 'c' && PythonNumber.IsInteger(value) =>
            Number(Integer(context, PythonNumber.ToBig(value!)), PythonNumber.ToBig(value!).Sign < 0),
        _ when PythonNumber.IsNumber(value) && Type is not 's' => Number(Real(context, value!), PythonNumber.ToDouble(value!) < 0),
        string text when Type is null or 's' => Pad(Precision is { } p && p < text.Length ? text[..p] : text, '<'),
        string => throw context.ValueError($"the format '{Type}' is for numbers, not for a text"),
        _ => Pad(context.Print(value), '<'),
    };

    private static bool TryNumber(string text, int limit, out int? number)
    {
        number = null;
        if (text.Length == 0)
            return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || parsed > limit)
            return false;

        number = parsed;
        return true;
    }

    /// <summary>Formats the digits without a sign.</summary>
    private string Integer(CallContext context, BigInteger value)
    {
        var digits = BigInteger.Abs(value);
        return Type switch
        {
            null or 'd' or 'n' => Group(digits.ToString(CultureInfo.InvariantCulture)),
            'c' when digits < char.MaxValue => ((char)digits).ToString(),
            'x' => (IsAlternate ? "0x" : "") + InRadix(digits, 16),
            'X' => (IsAlternate ? "0X" : "") + InRadix(digits, 16).ToUpperInvariant(),
            'o' => (IsAlternate ? "0o" : "") + InRadix(digits, 8),
            'b' => (IsAlternate ? "0b" : "") + InRadix(digits, 2),
            _ => throw context.ValueError($"unknown format '{Type}' for a whole number"),
        };
    }

    private static string InRadix(BigInteger value, int radix)
    {
        if (value.IsZero)
            return "0";

        var digits = new Stack<char>();
        for (; !value.IsZero; value /= radix)
            digits.Push("0123456789abcdef"[(int)(value % radix)]);
        return new string([.. digits]);
    }

    private string Real(CallContext context, object value)
    {
        var number = Math.Abs(PythonNumber.ToDouble(value));
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "nan" : "inf";

        switch (Type)
        {
            case 'f' or 'F':
                return Group(Fixed(value, Precision ?? 6));
            case '%':
                return Group(Fixed(number * 100, Precision ?? 6)) + "%";
            case 'e' or 'E':
                return Exponent(number, Precision ?? 6, (char)Type);
            case 'g' or 'G' or 'n':
                return Group(General(number, Math.Max(1, Precision ?? 6), Type == 'G' ? 'E' : 'e'));
            case null when Precision is { } precision:
                return Group(General(number, Math.Max(1, precision), 'e'));
            case null:
                return Group(value is decimal exact ? Math.Abs(exact).ToString(CultureInfo.InvariantCulture) : PythonNumber.Repr(number));
            default:
                throw context.ValueError($"unknown format '{Type}' for a number");
        }
    }

    private static string Fixed(object value, int precision) => value switch
    {
        decimal exact => Math.Abs(exact).ToString($"F{precision}", CultureInfo.InvariantCulture),
        _ => Math.Abs(PythonNumber.ToDouble(value)).ToString($"F{precision}", CultureInfo.InvariantCulture),
    };

    private static string Exponent(double number, int precision, char letter)
    {
        var text = number.ToString($"E{precision}", CultureInfo.InvariantCulture);
        var at = text.IndexOf('E');
        var exponent = int.Parse(text.AsSpan(at + 1), CultureInfo.InvariantCulture);
        return $"{text[..at]}{letter}{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    private string General(double number, int precision, char letter)
    {
        if (number == 0)
            return "0";

        var scientific = Exponent(number, precision - 1, letter);
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf(letter) + 1), CultureInfo.InvariantCulture);
        if (exponent < -4 || exponent >= precision)
        {
            var mantissa = scientific[..scientific.IndexOf(letter)];
            return TrimZeros(mantissa) + scientific[scientific.IndexOf(letter)..];
        }

        return TrimZeros(Fixed(number, precision - 1 - exponent));
    }

    private string TrimZeros(string text) => IsAlternate || !text.Contains('.') ? text : text.TrimEnd('0').TrimEnd('.');

    private string Group(string digits)
    {
        if (Grouping is not { } separator)
            return digits;

        var end = digits.IndexOfAny(['.', 'e', 'E']);
        var whole = end < 0 ? digits : digits[..end];
        for (var at = whole.Length - 3; at > 0; at -= 3)
            whole = whole.Insert(at, separator.ToString());
        return end < 0 ? whole : whole + digits[end..];
    }

    private string Number(string digits, bool isNegative)
    {
        var sign = isNegative ? "-" : Sign == '-' ? "" : Sign.ToString();
        if (Align != '=')
            return Pad(sign + digits, '>');

        return sign + digits.PadLeft(Math.Max(0, Width - sign.Length), Fill);
    }

    private string Pad(string text, char standard)
    {
        var missing = Width - text.Length;
        if (missing <= 0)
            return text;

        return (Align ?? standard) switch
        {
            '<' => text.PadRight(Width, Fill),
            '^' => new string(Fill, missing / 2) + text + new string(Fill, missing - (missing / 2)),
            _ => text.PadLeft(Width, Fill),
        };
    }

    [GeneratedRegex(
        @"^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>\#)?(?<zero>0)?(?<width>\d+)?(?<grouping>[,_])?" +
        @"(?:\.(?<precision>\d+))?(?<type>[bcdeEfFgGnosxX%])?$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
