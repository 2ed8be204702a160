using System.Globalization;
using System.Numerics;

namespace Ingestion.Connectors.Values;

/// <summary>Parses numbers in common formats: sign, digits with thousands separators if the contract configures them, decimals.</summary>
internal sealed class NumberText(char? thousandsSeparator, char decimalSeparator)
{
    /// <summary>More characters than any numeric can have digits.</summary>
    private const int MaxLength = 150_000;

    /// <summary>The number of digits that <see cref="decimal"/> can always hold.</summary>
    private const int DecimalDigits = 28;

    /// <summary>The number of digits that double precision always holds exactly.</summary>
    private const int ExactDigits = 15;

    private const string NotANumber = "is not a number";
    private const NumberStyles Floating = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const NumberStyles Exact = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private static readonly double[] s_powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private readonly bool _isPlain = thousandsSeparator is null && decimalSeparator == '.';

    /// <summary>
    /// Returns null, and the number with all digits in <see cref="FieldValue.Exact"/> or, if it has too many digits for that, <see
    /// cref="FieldValue.Text"/>; otherwise the error.
    /// </summary>
    public string? Parse(ReadOnlySpan<char> text, ref FieldValue value)
    {
        if (!TryMakePlain(ref text))
            return NotANumber;
        if (text.Length <= DecimalDigits && decimal.TryParse(text, Exact, CultureInfo.InvariantCulture, out value.Exact))
            return null;
        if (!LongNumber.TryParse(text, out var number))
            return NotANumber;
        if (!number.IsKept)
            return "is out of the range of numeric";

        if (number.Digits <= DecimalDigits)
            value.Exact = decimal.Parse(number.ToString(), Exact, CultureInfo.InvariantCulture);
        else
            value.Text = number.ToString();
        return null;
    }

    /// <summary>Returns null and the nearest number of the type, otherwise the error. A fraction may be rounded, a whole number may not.</summary>
    /// <param name="text">The number.</param>
    /// <param name="isReal">True for real, false for double precision.</param>
    /// <param name="number">The number, in double precision.</param>
    public string? ParseFloating(ReadOnlySpan<char> text, bool isReal, out double number)
    {
        if (_isPlain && !isReal && TryParseShort(text, out number))
            return null;

        number = 0;
        if (!TryMakePlain(ref text) || !double.TryParse(text, Floating, CultureInfo.InvariantCulture, out number) || !double.IsFinite(number))
            return NotANumber;

        var type = isReal ? "real" : "double precision";
        var kept = isReal ? (float)number : number;
        var exponent = text.IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? text : text[..exponent];
        if (!double.IsFinite(kept) || (kept == 0 && mantissa.ContainsAnyInRange('1', '9')))
            return $"is out of the range of {type}";

        // every whole number of so many digits is exact
        if (exponent >= 0 || text.Length <= (isReal ? 7 : 15))
            return null;

        var point = text.IndexOf('.');
        if (point >= 0 && text[point..].ContainsAnyInRange('1', '9'))
            return null;

        return BigInteger.Parse(point < 0 ? text : text[..point], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) == new BigInteger(kept)
            ? null
            : $"is a whole number that {type} cannot hold exactly";
    }

    /// <summary>
    /// Parses a number of few digits without an exponent. Both the digits and the power of ten are exact in double precision then, so that their quotient is
    /// the nearest number. Source: W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990.
    /// </summary>
    private static bool TryParseShort(ReadOnlySpan<char> text, out double number)
    {
        number = 0;
        var isNegative = text.StartsWith('-');
        var rest = isNegative ? text[1..] : text;
        var digits = 0L;
        var point = -1;
        for (var i = 0; i < rest.Length; i++)
        {
            if (char.IsAsciiDigit(rest[i]) && i <= ExactDigits)
                digits = (digits * 10) + (rest[i] - '0');
            else if (rest[i] == '.' && point < 0)
                point = i;
            else
                return false;
        }

        var count = point < 0 ? rest.Length : rest.Length - 1;
        if (count is 0 or > ExactDigits)
            return false;

        number = digits / s_powers[point < 0 ? 0 : rest.Length - point - 1];
        number = isNegative ? -number : number;
        return true;
    }

    /// <summary>Removes thousands separators and normalizes the decimal separator; returns false if groups do not have three digits.</summary>
    private bool TryMakePlain(ref ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
            return false;
        if (_isPlain)
            return true;

        var point = text.IndexOf(decimalSeparator);
        var whole = point < 0 ? text : text[..point];
        var rest = point < 0 ? default : text[(point + 1)..];
        // a point that is not the decimal separator must not become one
        if ((thousandsSeparator != '.' && whole.Contains('.')) || rest.ContainsAny('.', decimalSeparator, thousandsSeparator ?? decimalSeparator))
            return false;

        if (thousandsSeparator is { } separator && whole.Contains(separator))
        {
            if (!HasGroupsOfThree(whole.TrimStart("+-"), separator))
                return false;

            whole = whole.ToString().Replace(separator.ToString(), "", StringComparison.Ordinal);
        }

        text = point < 0 ? whole : $"{whole}.{rest}";
        return true;
    }

    private static bool HasGroupsOfThree(ReadOnlySpan<char> whole, char separator)
    {
        var isFirst = true;
        foreach (var range in whole.Split(separator))
        {
            var group = whole[range];
            if (group.ContainsAnyExceptInRange('0', '9') || (isFirst ? group.Length is < 1 or > 3 : group.Length != 3))
                return false;

            isFirst = false;
        }

        return true;
    }
}
