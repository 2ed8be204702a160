namespace Models.Jinja.Lexing;

/// <summary>Python's number literals: digits with underscores, 0x, 0o, 0b, decimals and exponents.</summary>
internal static class NumberLiteral
{
    /// <summary>Measures the literal at the start of <paramref name="text"/>.</summary>
    /// <param name="text">Starts with a digit.</param>
    /// <param name="afterDot">True for <c>x.1</c>: an index, never a float.</param>
    public static (int Length, bool IsFloat) Measure(ReadOnlySpan<char> text, bool afterDot)
    {
        if (text.Length > 2 && text[0] == '0' && Radix(text[1]) is var radix and > 0)
        {
            var length = Digits(text, 2, c => DigitValue(c) < radix, leadingUnderscore: true);
            if (length > 2)
                return (length, false);
        }

        var whole = Digits(text, 0, char.IsAsciiDigit, leadingUnderscore: false);
        if (afterDot)
            return (whole, false);

        var end = whole;
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
            end = Digits(text, end + 1, char.IsAsciiDigit, leadingUnderscore: false);
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var exponent = end + 1;
            if (exponent < text.Length && text[exponent] is '+' or '-')
                exponent++;
            if (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
                end = Digits(text, exponent, char.IsAsciiDigit, leadingUnderscore: false);
        }

        return (end, end > whole);
    }

    /// <summary>The base that the letter after a leading zero selects; 0 for any other letter.</summary>
    public static int Radix(char prefix) => prefix switch
    {
        'x' or 'X' => 16,
        'o' or 'O' => 8,
        'b' or 'B' => 2,
        _ => 0,
    };

    public static int DigitValue(char c) => char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : int.MaxValue;

    private static int Digits(ReadOnlySpan<char> text, int from, Func<char, bool> isDigit, bool leadingUnderscore)
    {
        var at = from;
        while (at < text.Length)
        {
            if (isDigit(text[at]))
                at++;
            else if (text[at] == '_' && at + 1 < text.Length && isDigit(text[at + 1]) && (at > from || leadingUnderscore))
                at += 2;
            else
                break;
        }

        return at;
    }
}
