using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Models.Project.Seeds;

/// <summary>A decimal number of any length: <c>Digits / 10^Places</c>, without trailing zeros after the decimal point.</summary>
internal readonly partial record struct DecimalNumber(BigInteger Digits, int Places)
{
    private const int LargestExponent = 1000;

    /// <summary>Parses a number; null if it is invalid, or if its exponent exceeds the range of every column with limited precision.</summary>
    public static DecimalNumber? Parse(string text)
    {
        if (Form().Match(text.Trim()) is not { Success: true } match)
            return null;

        var exponent = match.Groups["exponent"] is { Length: > 0 } given ? int.Parse(given.Value, CultureInfo.InvariantCulture) : 0;
        if (Math.Abs(exponent) > LargestExponent)
            return null;

        var fraction = match.Groups["fraction"].Value;
        var digits = BigInteger.Parse($"0{match.Groups["whole"].Value}{fraction}", CultureInfo.InvariantCulture);
        return Normal(match.Groups["sign"].Value == "-" ? -digits : digits, fraction.Length - exponent);
    }

    public static bool IsNumber(string text) => Form().IsMatch(text);

    /// <summary>Rounds half away from zero, as numeric does.</summary>
    public DecimalNumber Round(int places)
    {
        var unit = BigInteger.Pow(10, Places - places);
        var quotient = BigInteger.DivRem(BigInteger.Abs(Digits), unit, out var rest);
        if (rest * 2 >= unit)
            quotient++;
        return Normal(quotient * Digits.Sign, places);
    }

    public override string ToString()
    {
        var digits = BigInteger.Abs(Digits).ToString(CultureInfo.InvariantCulture).PadLeft(Places + 1, '0');
        var sign = Digits.Sign < 0 ? "-" : "";
        return Places == 0 ? sign + digits : $"{sign}{digits[..^Places]}.{digits[^Places..]}";
    }

    private static DecimalNumber Normal(BigInteger digits, int places)
    {
        if (places < 0)
            return new DecimalNumber(digits * BigInteger.Pow(10, -places), 0);

        while (places > 0)
        {
            var shorter = BigInteger.DivRem(digits, 10, out var last);
            if (!last.IsZero)
                break;

            (digits, places) = (shorter, places - 1);
        }

        return new DecimalNumber(digits, places);
    }

    [GeneratedRegex(@"^(?<sign>[+-]?)(?=\d|\.\d)(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?([eE](?<exponent>[+-]?[0-9]{1,9}))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
