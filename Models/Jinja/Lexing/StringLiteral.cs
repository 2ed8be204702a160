using System.Globalization;
using System.Text;

namespace Models.Jinja.Lexing;

/// <summary>Decodes Python's escapes in string literals. An unknown escape is kept as written.</summary>
internal static class StringLiteral
{
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny('\\', '\r') < 0)
            return text.ToString();

        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                i += AppendEscape(builder, text[(i + 1)..]);
            else if (text[i] == '\r')
                AppendLineBreak(builder, text, ref i);
            else
                builder.Append(text[i]);
        }

        return builder.ToString();
    }

    private static void AppendLineBreak(StringBuilder builder, ReadOnlySpan<char> text, ref int i)
    {
        if (i + 1 < text.Length && text[i + 1] == '\n')
            i++;
        builder.Append('\n');
    }

    /// <summary>Appends the character for the escape after a backslash; returns the number of characters consumed.</summary>
    private static int AppendEscape(StringBuilder builder, ReadOnlySpan<char> rest)
    {
        var simple = rest[0] switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'v' => '\v',
            '\\' or '\'' or '"' => rest[0],
            _ => '\0',
        };
        if (simple != '\0')
        {
            builder.Append(simple);
            return 1;
        }

        switch (rest[0])
        {
            case '\n':
                return 1;
            case '\r':
                return rest.Length > 1 && rest[1] == '\n' ? 2 : 1;
            case 'x' when TryHex(rest, 2, out var code):
                builder.Append((char)code);
                return 3;
            case 'u' when TryHex(rest, 4, out var code):
                builder.Append((char)code);
                return 5;
            case 'U' when TryHex(rest, 8, out var code) && Rune.IsValid(code):
                builder.Append(new Rune(code));
                return 9;
            case >= '0' and <= '7':
                return AppendOctal(builder, rest);
            default:
                builder.Append('\\').Append(rest[0]);
                return 1;
        }
    }

    private static bool TryHex(ReadOnlySpan<char> rest, int digits, out int code)
    {
        code = 0;
        return rest.Length > digits
            && int.TryParse(rest.Slice(1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }

    private static int AppendOctal(StringBuilder builder, ReadOnlySpan<char> rest)
    {
        int code = 0, length = 0;
        while (length < 3 && length < rest.Length && rest[length] is >= '0' and <= '7')
            code = (code * 8) + (rest[length++] - '0');
        builder.Append((char)code);
        return length;
    }
}
