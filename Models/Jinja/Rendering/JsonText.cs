using System.Globalization;
using System.Numerics;
using System.Text;

namespace Models.Jinja.Rendering;

/// <summary>Writes JSON as Python's <c>json.dumps</c> does: a space after commas and colons, non-ASCII characters escaped.</summary>
public static class JsonText
{
    private const int MaxDepth = 200;
    private const int MaxLength = 50_000_000;

    /// <param name="value">A template value.</param>
    /// <param name="indent">Spaces per level, or null for one line.</param>
    /// <param name="sortKeys">Whether to sort the keys of objects.</param>
    /// <exception cref="FormatException">The value cannot be written as JSON; the message says why.</exception>
    public static string Write(object? value, int? indent = null, bool sortKeys = false)
    {
        var builder = new StringBuilder();
        Append(builder, value, indent, sortKeys, depth: 0);
        return builder.ToString();
    }

    /// <summary>The filter <c>tojson</c>, whose result is safe to embed in HTML.</summary>
    internal static object? Filter(CallContext context, object? value, CallArguments arguments)
    {
        var indent = arguments.TryGet(0, "indent", out var given) && PythonNumber.TryLong(given, out var number) ? (int?)Math.Clamp(number, 0, 100) : null;
        try
        {
            return Write(value, indent, sortKeys: true).Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026").Replace("'", "\\u0027");
        }
        catch (FormatException e)
        {
            throw context.ValueError(e.Message);
        }
    }

    private static void Append(StringBuilder builder, object? value, int? indent, bool sortKeys, int depth)
    {
        if (depth > MaxDepth)
            throw new FormatException($"the value is nested more than {MaxDepth} levels deep: does it contain itself?");

        if (builder.Length > MaxLength)
            throw new FormatException($"the value has more than {MaxLength} characters as JSON");

        switch (value)
        {
            case null:
                builder.Append("null");
                break;
            case bool flag:
                builder.Append(flag ? "true" : "false");
                break;
            case string text:
                AppendText(builder, text);
                break;
            case double real:
                builder.Append(double.IsNaN(real) ? "NaN" : double.IsInfinity(real) ? (real > 0 ? "Infinity" : "-Infinity") : PythonNumber.Repr(real));
                break;
            case long or BigInteger or decimal:
                builder.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case JinjaDict dict:
                AppendDict(builder, dict, indent, sortKeys, depth);
                break;
            case JinjaList or JinjaTuple:
                AppendItems(builder, (IReadOnlyList<object?>)value, indent, sortKeys, depth);
                break;
            default:
                throw new FormatException($"{Operators.Describe(value)} has no JSON form");
        }
    }

    private static void AppendDict(StringBuilder builder, JinjaDict dict, int? indent, bool sortKeys, int depth)
    {
        var entries = dict.Select(entry => (Key: Key(entry.Key), entry.Value));
        if (sortKeys)
            entries = entries.OrderBy(entry => entry.Key, StringComparer.Ordinal);

        builder.Append('{');
        var count = 0;
        foreach (var (key, value) in entries)
        {
            Separate(builder, count++, indent, depth + 1);
            AppendText(builder, key);
            builder.Append(": ");
            Append(builder, value, indent, sortKeys, depth + 1);
        }

        Close(builder, count, indent, depth, '}');
    }

    private static void AppendItems(StringBuilder builder, IReadOnlyList<object?> items, int? indent, bool sortKeys, int depth)
    {
        builder.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            Separate(builder, i, indent, depth + 1);
            Append(builder, items[i], indent, sortKeys, depth + 1);
        }

        Close(builder, items.Count, indent, depth, ']');
    }

    private static void Separate(StringBuilder builder, int index, int? indent, int depth)
    {
        if (index > 0)
            builder.Append(indent is null ? ", " : ",");
        if (indent is { } width)
            builder.Append('\n').Append(' ', width * depth);
    }

    private static void Close(StringBuilder builder, int count, int? indent, int depth, char bracket)
    {
        if (count > 0 && indent is { } width)
            builder.Append('\n').Append(' ', width * depth);
        builder.Append(bracket);
    }

    private static string Key(object? key) => key switch
    {
        string text => text,
        null => "null",
        bool flag => flag ? "true" : "false",
        long or double or BigInteger => PythonText.Str(key),
        _ => throw new FormatException($"{Operators.Describe(key)} cannot be a key in JSON"),
    };

    private static void AppendText(StringBuilder builder, string text)
    {
        builder.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"':
                    builder.Append("\\\"");
                    break;
                case var _ when EscapedCharacters.TryAppend(builder, c):
                    break;
                case '\b':
                    builder.Append("\\b");
                    break;
                case '\f':
                    builder.Append("\\f");
                    break;
                case < ' ' or > '~':
                    builder.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    builder.Append(c);
                    break;
            }
        }

        builder.Append('"');
    }
}
