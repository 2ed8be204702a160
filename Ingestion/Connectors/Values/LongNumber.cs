using System.Globalization;

namespace Ingestion.Connectors.Values;

/// <summary>
/// A number of any length, as its written digits. PostgreSQL's numeric holds 131,072 digits before the decimal point and 16,383 after it. Source:
/// PostgreSQL documentation, 8.1.2.
/// </summary>
internal readonly ref struct LongNumber
{
    private const int MaxWhole = 131_072;
    private const int MaxScale = 16_383;

    private readonly bool _isNegative;
    private readonly ReadOnlySpan<char> _whole;
    private readonly ReadOnlySpan<char> _fraction;
    private readonly int _exponent;

    private LongNumber(bool isNegative, ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, int exponent)
    {
        _isNegative = isNegative;
        _whole = whole.TrimStart('0');
        _fraction = fraction;
        _exponent = exponent;
    }

    /// <summary>The number of digits before and after the decimal point, without leading zeros.</summary>
    public int Digits => Math.Max(_whole.Length + _exponent, 0) + Scale;

    /// <summary>True if numeric can hold all digits.</summary>
    public bool IsKept => Scale <= MaxScale && _whole.Length + _exponent <= MaxWhole;

    private int Scale => Math.Max(_fraction.Length - _exponent, 0);

    /// <summary>Parses sign, digits, decimal point and exponent.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out LongNumber number)
    {
        number = default;
        var isNegative = text.StartsWith('-');
        if (isNegative || text.StartsWith('+'))
            text = text[1..];

        var exponent = 0;
        if (text.IndexOfAny('e', 'E') is var at and >= 0)
        {
            // a longer exponent exceeds every limit, whatever its sign
            var written = text[(at + 1)..];
            var isDown = written.StartsWith('-');
            var digits = isDown || written.StartsWith('+') ? written[1..] : written;
            if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
                return false;

            exponent = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? Math.Min(size, 1_000_000) : 1_000_000;
            exponent = isDown ? -exponent : exponent;
            text = text[..at];
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.Length + fraction.Length == 0 || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9'))
            return false;

        // zero ignores its exponent
        var isZero = !whole.ContainsAnyInRange('1', '9') && !fraction.ContainsAnyInRange('1', '9');
        number = new LongNumber(isNegative, whole, fraction, isZero ? 0 : exponent);
        return true;
    }

    /// <summary>True if all digits after the decimal point are zero.</summary>
    /// <param name="plain">Sign, digits and decimal point.</param>
    public static bool IsWhole(ReadOnlySpan<char> plain) => CountDigits(plain).Fraction == 0;

    /// <summary>The number of significant digits: without leading zeros, and without trailing zeros after the decimal point.</summary>
    /// <param name="plain">Sign, digits and decimal point.</param>
    public static (int Whole, int Fraction) CountDigits(ReadOnlySpan<char> plain)
    {
        var point = plain.IndexOf('.');
        var whole = (point < 0 ? plain : plain[..point]).TrimStart("-0");
        var fraction = point < 0 ? default : plain[(point + 1)..].TrimEnd('0');
        return (whole.Length, fraction.Length);
    }

    /// <summary>Sign, digits and decimal point, without an exponent.</summary>
    public override string ToString()
    {
        var digits = string.Concat(_whole, _fraction);
        var scale = Scale;
        digits = _exponent > _fraction.Length ? digits.PadRight(digits.Length + _exponent - _fraction.Length, '0') : digits;
        digits = digits.TrimStart('0').PadLeft(scale + 1, '0');
        var text = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}";
        return _isNegative ? $"-{text}" : text;
    }
}
