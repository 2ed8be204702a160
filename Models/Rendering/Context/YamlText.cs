using System.Globalization;
using System.Text;
using Models.Jinja.Rendering;
using Models.Project.Yaml;
using Models.Rendering.Context.Modules;

namespace Models.Rendering.Context;

/// <summary>Writes template values as block-style YAML, for <c>toyaml</c>.</summary>
internal static class YamlText
{
    /// <summary>False if a value is or contains something that YAML cannot represent, such as a relation or an undefined name.</summary>
    public static bool CanWrite(object? value) => value switch
    {
        Undefined => false,
        JinjaDict dict => dict.All(e => CanWrite(e.Key) && CanWrite(e.Value)),
        JinjaList or JinjaTuple => ((IEnumerable<object?>)value).All(CanWrite),
        IJinjaObject or IJinjaCallable => value is DateTimeObject or DateObject,
        _ => true,
    };

    public static string Write(object? value, bool sortKeys)
    {
        var text = new StringBuilder();
        if (value is JinjaDict { Count: > 0 } or JinjaList { Count: > 0 } or JinjaTuple { Count: > 0 })
            WriteBlock(text, value, indent: 0, sortKeys);
        else
            text.Append(Scalar(value)).Append('\n');

        return text.ToString();
    }

    private static void WriteBlock(StringBuilder text, object? value, int indent, bool sortKeys)
    {
        if (value is JinjaDict dict)
        {
            IEnumerable<KeyValuePair<object?, object?>> entries = sortKeys ? dict.OrderBy(e => PythonText.Str(e.Key), StringComparer.Ordinal) : dict;
            foreach (var (key, item) in entries)
            {
                text.Append(' ', indent).Append(Scalar(key)).Append(':');
                WriteNested(text, item, indent + (item is JinjaDict ? 2 : 0), sortKeys);
            }

            return;
        }

        foreach (var item in (IEnumerable<object?>)value!)
        {
            text.Append(' ', indent).Append('-');
            if (item is JinjaDict { Count: > 0 } nested)
            {
                var inner = new StringBuilder();
                WriteBlock(inner, nested, indent + 2, sortKeys);
                text.Append(' ').Append(inner.ToString().AsSpan(indent + 2));
            }
            else
            {
                WriteNested(text, item, indent + 2, sortKeys);
            }
        }
    }

    private static void WriteNested(StringBuilder text, object? item, int indent, bool sortKeys)
    {
        if (item is JinjaDict { Count: > 0 } or JinjaList { Count: > 0 } or JinjaTuple { Count: > 0 })
        {
            text.Append('\n');
            WriteBlock(text, item, indent, sortKeys);
        }
        else
        {
            text.Append(' ').Append(Scalar(item)).Append('\n');
        }
    }

    private static string Scalar(object? value) => value switch
    {
        null or Undefined => "null",
        bool flag => flag ? "true" : "false",
        JinjaDict => "{}",
        JinjaList or JinjaTuple => "[]",
        string text => Quote(text),
        double or decimal => PythonText.Str(value),
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => Quote(PythonText.Str(value)),
    };

    private static string Quote(string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal))
            return JsonText.Write(text);

        var needsQuotes = text.Length == 0 || ScalarTypes.Resolve(text) is not string || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])
            || "-?:,[]{}#&*!|>'\"%@`".Contains(text[0], StringComparison.Ordinal) || text.Contains(": ", StringComparison.Ordinal)
                || text.Contains(" #", StringComparison.Ordinal) || text.EndsWith(':');
        return needsQuotes ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : text;
    }
}
