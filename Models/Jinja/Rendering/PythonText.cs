using System.Globalization;
using System.Numerics;
using System.Text;
using Models.Jinja.Rendering.Filters;

namespace Models.Jinja.Rendering;

/// <summary>Python's <c>str()</c> and <c>repr()</c> of template values.</summary>
public static class PythonText
{
    private const int MaxDepth = 100;

    /// <summary>The output limit for a value that contains itself.</summary>
    private const int MaxLength = 10_000_000;

    /// <summary>Converts a value to the text that <c>{{ value }}</c> prints.</summary>
    public static string Str(object? value) => value switch
    {
        string text => text,
        null => "None",
        long number => number.ToString(CultureInfo.InvariantCulture),
        bool flag => flag ? "True" : "False",
        double real => PythonNumber.Repr(real),
        decimal exact => exact.ToString(CultureInfo.InvariantCulture),
        BigInteger big => big.ToString(CultureInfo.InvariantCulture),
        _ => Repr(value),
    };

    /// <summary>Converts a value to its form inside a printed list or dict.</summary>
    public static string Repr(object? value)
    {
        switch (value)
        {
            case string text:
                return Quote(text);
            case null or long or bool or double or BigInteger:
                return Str(value);
        }

        var builder = new StringBuilder();
        WriteRepr(builder, value, 0);
        return builder.ToString();
    }

    /// <summary>Writes a string literal with the quotes that Python would choose.</summary>
    public static string Quote(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var builder = new StringBuilder(text.Length + 2).Append(quote);
        foreach (var c in text)
        {
            switch (c)
            {
                case var _ when EscapedCharacters.TryAppend(builder, c):
                    break;
                case < ' ' or '\x7f':
                    builder.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
                    break;
                case '\xa0' or '\xad':
                    builder.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
                    break;
                default:
                    if (c == quote)
                        builder.Append('\\');
                    builder.Append(c);
                    break;
            }
        }

        return builder.Append(quote).ToString();
    }

    private static void WriteRepr(StringBuilder builder, object? value, int depth)
    {
        switch (value)
        {
            case JinjaList when depth > MaxDepth || builder.Length > MaxLength:
                builder.Append("[...]");
                break;
            case JinjaDict or JinjaTuple or JinjaSet or JinjaView or JinjaNamespace or JinjaGroup when depth > MaxDepth || builder.Length > MaxLength:
                builder.Append("{...}");
                break;
            case JinjaList list:
                WriteItems(builder, '[', list, ']', depth);
                break;
            case JinjaTuple { Count: 1 } single:
                builder.Append('(');
                WriteRepr(builder, single[0], depth + 1);
                builder.Append(",)");
                break;
            case JinjaTuple tuple:
                WriteItems(builder, '(', tuple, ')', depth);
                break;
            case JinjaSet { Count: 0 }:
                builder.Append("set()");
                break;
            case JinjaSet set:
                WriteItems(builder, '{', set, '}', depth);
                break;
            case JinjaDict dict:
                WriteDict(builder, dict, depth);
                break;
            case JinjaView view:
                builder.Append(view.Name).Append('(');
                WriteItems(builder, '[', view, ']', depth);
                builder.Append(')');
                break;
            case JinjaNamespace space:
                builder.Append("<Namespace ");
                WriteDict(builder, new JinjaDict(space.Attributes), depth);
                builder.Append('>');
                break;
            case JinjaGroup group:
                WriteItems(builder, '(', group, ')', depth);
                break;
            case Undefined:
                builder.Append("Undefined");
                break;
            case decimal exact:
                builder.Append("Decimal('").Append(exact.ToString(CultureInfo.InvariantCulture)).Append("')");
                break;
            case string text:
                builder.Append(Quote(text));
                break;
            case null or long or bool or double or BigInteger:
                builder.Append(Str(value));
                break;
            case IFormattable formattable:
                builder.Append(formattable.ToString(format: null, CultureInfo.InvariantCulture));
                break;
            default:
                builder.Append(value);
                break;
        }
    }

    private static void WriteItems(StringBuilder builder, char open, IEnumerable<object?> items, char close, int depth)
    {
        builder.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                builder.Append(", ");
            first = false;
            WriteRepr(builder, item, depth + 1);
        }

        builder.Append(close);
    }

    private static void WriteDict(StringBuilder builder, JinjaDict dict, int depth)
    {
        builder.Append('{');
        var first = true;
        foreach (var (key, value) in dict)
        {
            if (!first)
                builder.Append(", ");
            first = false;
            WriteRepr(builder, key, depth + 1);
            builder.Append(": ");
            WriteRepr(builder, value, depth + 1);
        }

        builder.Append('}');
    }
}
