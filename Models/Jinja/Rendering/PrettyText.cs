using System.Text;

namespace Models.Jinja.Rendering;

/// <summary>
/// Formats a value as Python's pprint does: on one line if it fits into 80 columns, otherwise one item per line, with dicts sorted by key. Strings
/// longer than a line are not split. Source: docs.python.org/3/library/pprint.html.
/// </summary>
internal static class PrettyText
{
    private const int Width = 80;
    private const int MaxDepth = 100;

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, Sorted(value, depth: 0), indent: 0, after: 0, depth: 0);
        return text.ToString();
    }

    /// <param name="text">Receives the output.</param>
    /// <param name="value">The value to write.</param>
    /// <param name="indent">The column at which the value starts.</param>
    /// <param name="after">The number of characters that follow the value on its last line.</param>
    /// <param name="depth">The number of enclosing values.</param>
    private static void Write(StringBuilder text, object? value, int indent, int after, int depth)
    {
        var whole = PythonText.Repr(value);
        if (whole.Length <= Width - indent - after || depth > MaxDepth)
        {
            text.Append(whole);
            return;
        }

        switch (value)
        {
            case JinjaDict { Count: > 0 } dict:
                WriteDict(text, dict, indent, after, depth);
                break;
            case JinjaList { Count: > 0 } list:
                WriteItems(text, "[", list, "]", indent, after, depth);
                break;
            case JinjaTuple { Count: > 0 } tuple:
                WriteItems(text, "(", tuple, tuple.Count == 1 ? ",)" : ")", indent, after, depth);
                break;
            default:
                text.Append(whole);
                break;
        }
    }

    private static void WriteDict(StringBuilder text, JinjaDict dict, int indent, int after, int depth)
    {
        text.Append('{');
        var left = dict.Count;
        foreach (var (key, value) in dict)
        {
            var name = PythonText.Repr(key);
            text.Append(name).Append(": ");
            Write(text, value, indent + 1 + name.Length + 2, --left == 0 ? after + 1 : 1, depth + 1);
            if (left > 0)
                text.Append(",\n").Append(' ', indent + 1);
        }

        text.Append('}');
    }

    private static void WriteItems(StringBuilder text, string open, IReadOnlyList<object?> items, string close, int indent, int after, int depth)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(",\n").Append(' ', indent + 1);
            Write(text, items[i], indent + 1, i + 1 == items.Count ? after + close.Length : 1, depth + 1);
        }

        text.Append(close);
    }

    private static object? Sorted(object? value, int depth) => value switch
    {
        _ when depth > MaxDepth => value,
        JinjaDict dict => SortedDict(dict, depth),
        JinjaList list => new JinjaList(list.Select(i => Sorted(i, depth + 1))),
        JinjaTuple tuple => new JinjaTuple([.. tuple.Select(i => Sorted(i, depth + 1))]),
        _ => value,
    };

    private static JinjaDict SortedDict(JinjaDict dict, int depth)
    {
        var sorted = new JinjaDict();
        foreach (var (key, value) in dict.OrderBy(e => PythonText.Str(e.Key), StringComparer.Ordinal))
            sorted[key] = Sorted(value, depth + 1);

        return sorted;
    }
}
