using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Models.Project.Seeds;

/// <summary>
/// A number in a seed: percent signs, currency signs and thousands separators are ignored. Source: agate's number type, with which dbt reads seeds.
/// </summary>
/// <param name="Text">The number in PostgreSQL's format.</param>
/// <param name="Whole">Its value if it has no fraction other than zeros; otherwise null.</param>
internal readonly partial record struct SeedNumber(string Text, BigInteger? Whole)
{
    private static readonly char[] s_currencies = [.. "؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫"];

    /// <summary>False for a number that double precision rejects, because it is too large or too close to zero.</summary>
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

    // dbt's driver writes an infinite number as NaN, which is a different value
    [GeneratedRegex("^[+-]?(inf(inity)?|(?<nan>nan))$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex NotFinite();
}
