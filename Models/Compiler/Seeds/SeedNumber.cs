using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Models.Compiler.Seeds;

/// <summary>
/// A number as a seed may write it: per cent signs, currency signs and commas between digits do not count. Source: agate's number type,
/// with which dbt reads seeds.
/// </summary>
/// <param name="Text">The number as PostgreSQL reads it.</param>
/// <param name="Whole">Its value where nothing stands after the decimal point but noughts; null for others.</param>
internal readonly partial record struct SeedNumber(string Text, BigInteger? Whole)
{
    private const int LargestExponent = 400;

    private static readonly char[] s_currencies = [.. "؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫"];

    public static SeedNumber? Parse(string value)
    {
        var text = value.Trim('%');
        var sign = "";
        if (text.StartsWith('-'))
            (sign, text) = ("-", text[1..]);
        foreach (var currency in s_currencies)
            text = text.Trim(currency);

        text = text.Replace(",", "").Replace("_", "").Trim();
        var match = Digits().Match(text);
        if (!match.Success)
            return NotFinite().IsMatch(text) ? new SeedNumber("NaN", Whole: null) : null;

        if (match.Groups["sign"].Value == "-")
            sign = sign == "-" ? "" : "-";
        var plain = sign + text.TrimStart('+', '-');
        var exponent = match.Groups["exponent"] is { Length: > 0 } given ? int.Parse(given.Value, CultureInfo.InvariantCulture) : 0;
        return new SeedNumber(plain, WholeValue(match.Groups["whole"].Value, match.Groups["fraction"].Value, exponent, sign == "-"));
    }

    private static BigInteger? WholeValue(string whole, string fraction, int exponent, bool isNegative)
    {
        if (Math.Abs(exponent) > LargestExponent)
            return null;

        var digits = (whole + fraction).TrimEnd('0');
        var places = fraction.Length - exponent - (whole.Length + fraction.Length - digits.Length);
        if (digits.Length > 0 && places > 0)
            return null;

        var value = digits.Length == 0 ? BigInteger.Zero : BigInteger.Parse(digits, CultureInfo.InvariantCulture) * BigInteger.Pow(10, -places);
        return isNegative ? -value : value;
    }

    [GeneratedRegex(@"^(?<sign>[+-]?)(?=\d|\.\d)(?<whole>[0-9]*)(\.(?<fraction>[0-9]*))?([eE](?<exponent>[+-]?[0-9]{1,9}))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Digits();

    // what is not finite arrives as NaN: dbt's driver writes it so
    [GeneratedRegex("^[+-]?(inf(inity)?|nan)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex NotFinite();
}
