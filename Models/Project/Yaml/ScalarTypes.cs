using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Models.Project.Yaml;

/// <summary>
/// Types plain scalars by YAML 1.1 (yaml.org/type) as dbt's reader does: <c>yes</c> is true, <c>010</c> is 8, <c>1e3</c> is a string. Dates remain
/// strings, which print the same.
/// </summary>
internal static partial class ScalarTypes
{
    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    public static object? Resolve(string text)
    {
        if (IsNull(text))
            return null;

        switch (text[0])
        {
            case 'y' or 'Y' or 't' or 'T' or 'o' or 'O' or 'n' or 'N' or 'f' or 'F':
                return text switch
                {
                    "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
                    "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
                    _ => text,
                };
            case >= '0' and <= '9' or '+' or '-' or '.':
                return Number(text) ?? text;
            default:
                return text;
        }
    }

    private static object? Number(string text)
    {
        var negative = text[0] == '-';
        var digits = (negative || text[0] == '+' ? text[1..] : text).Replace("_", "", StringComparison.Ordinal);

        if (Integer().IsMatch(text))
        {
            BigInteger value;
            if (digits.StartsWith("0b", StringComparison.Ordinal))
                value = FromBase(digits[2..], 2);
            else if (digits.StartsWith("0x", StringComparison.Ordinal))
                value = FromBase(digits[2..], 16);
            else if (digits.Contains(':', StringComparison.Ordinal))
                value = Sexagesimal(digits);
            else if (digits.Length > 1 && digits[0] == '0')
                value = FromBase(digits[1..], 8);
            else
                value = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
            if (negative)
                value = -value;
            return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
        }

        if (Float().IsMatch(text) && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return negative ? -number : number;

        return text.TrimStart('+', '-') switch
        {
            ".inf" or ".Inf" or ".INF" => negative ? double.NegativeInfinity : double.PositiveInfinity,
            ".nan" or ".NaN" or ".NAN" when text[0] == '.' => double.NaN,
            _ => null,
        };
    }

    private static BigInteger FromBase(string digits, int radix)
    {
        var value = BigInteger.Zero;
        foreach (var digit in digits)
            value = value * radix + Convert.ToInt32(digit.ToString(), 16);

        return value;
    }

    private static BigInteger Sexagesimal(string digits)
    {
        var value = BigInteger.Zero;
        foreach (var part in digits.Split(':'))
            value = value * 60 + int.Parse(part, CultureInfo.InvariantCulture);

        return value;
    }

    [GeneratedRegex("^[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*(:[0-5]?[0-9])*)$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?([0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)([eE][-+][0-9]+)?$")]
    private static partial Regex Float();
}
