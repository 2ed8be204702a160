using System.Globalization;
using System.Numerics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing;

/// <summary>Parses number literals as Python writes them: underscores between digits, 0x, 0o and 0b.</summary>
internal static class NumberText
{
    public static object ParseInteger(string text)
    {
        var digits = text.Replace("_", "");
        if (digits.Length > 2 && digits[0] == '0' && NumberLiteral.Radix(digits[1]) is var radix and > 0)
        {
            var value = BigInteger.Zero;
            foreach (var c in digits.AsSpan(2))
                value = (value * radix) + NumberLiteral.DigitValue(c);
            return PythonNumber.Box(value);
        }

        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var small)
            ? PythonNumber.Box(small)
            : PythonNumber.Box(BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    public static double ParseFloat(string text) =>
        double.Parse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture);
}
