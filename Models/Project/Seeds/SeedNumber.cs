using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Models.Project.Seeds;

/// <summary>
/// A number as a seed may write it: per cent signs, currency signs and commas between digits do not count. Source: agate's number type,
/// with which dbt reads seeds.
/// </summary>
/// <param name="Text">The number as PostgreSQL reads it.</param>
/// <param name="Whole">Its value where nothing stands after the decimal point but noughts; null for others.</param>
internal readonly partial record struct SeedNumber(string Text, BigInteger? Whole)
{
    private static readonly char[] s_currencies = [.. "؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫"];

    /// <summary>False for a number that double precision refuses, because it is too large or too near to zero.</summary>
    public bool FitsDouble
    {
        get
        {
            if (!DecimalNumber.IsNumber(Text))
                return true;

            var nearest = double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return double.IsFinite(nearest) && (nearest != 0 || DecimalNumber.Parse(Text) is { Digits.IsZero: true });
        }
    }

    public static SeedNumber? Parse(string value)
    {
        var text = value.Trim('%');
        var isNegative = text.StartsWith('-');
        if (isNegative)
            text = text[1..];
        foreach (var currency in s_currencies)
            text = text.Trim(currency);

        text = text.Replace(",", "").Replace("_", "").Trim();
        if (text.StartsWith('-'))
            isNegative = !isNegative;
        if (NotFinite().Match(text) is { Success: true } special)
            return new SeedNumber(special.Groups["nan"].Success ? "NaN" : isNegative ? "-Infinity" : "Infinity", Whole: null);
        if (!DecimalNumber.IsNumber(text))
            return null;

        var plain = (isNegative ? "-" : "") + text.TrimStart('+', '-');
        return new SeedNumber(plain, DecimalNumber.Parse(plain) is { Places: 0 } whole ? whole.Digits : null);
    }

    // dbt's driver writes an infinite number as NaN, which is another value
    [GeneratedRegex("^[+-]?(inf(inity)?|(?<nan>nan))$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex NotFinite();
}
