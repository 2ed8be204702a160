using System.Globalization;
using System.Text;

namespace Models.Jinja.Rendering;

/// <summary><c>'{} {name:>10}'.format(...)</c></summary>
internal static class TextFormat
{
    public static string Format(CallContext context, string format, CallArguments arguments)
    {
        var automatic = 0;
        return Format(context, format, arguments, ref automatic, depth: 0);
    }

    private static string Format(CallContext context, string format, CallArguments arguments, ref int automatic, int depth)
    {
        if (depth > 2)
            throw context.ValueError("replacement fields are nested too deeply");

        var builder = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c is '{' or '}' && i + 1 < format.Length && format[i + 1] == c)
            {
                builder.Append(c);
                i++;
            }
            else if (c == '{')
            {
                var end = FieldEnd(context, format, i);
                builder.Append(Field(context, format[(i + 1)..end], arguments, ref automatic, depth));
                context.Renderer.CheckLength(builder.Length, context);
                i = end;
            }
            else if (c == '}')
            {
                throw context.ValueError("a single '}' in a format: write '}}' for a brace");
            }
            else
            {
                builder.Append(c);
            }
        }

        return builder.ToString();
    }

    private static int FieldEnd(CallContext context, string format, int start)
    {
        var depth = 0;
        for (var i = start; i < format.Length; i++)
        {
            depth += format[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return i;
        }

        throw context.ValueError("a '{' in a format is never closed: write '{{' for a brace");
    }

    private static string Field(CallContext context, string field, CallArguments arguments, ref int automatic, int depth)
    {
        var bracket = field.IndexOf(']');
        var colon = field.IndexOf(':', Math.Max(0, bracket));
        var spec = colon < 0 ? "" : field[(colon + 1)..];
        var name = colon < 0 ? field : field[..colon];
        var conversion = '\0';
        if (name.Length >= 2 && name[^2] == '!')
        {
            conversion = name[^1];
            name = name[..^2];
        }

        var value = Lookup(context, name, arguments, ref automatic);
        if (spec.Contains('{'))
            spec = Format(context, spec, arguments, ref automatic, depth + 1);

        value = conversion switch
        {
            '\0' => value,
            's' => context.Print(value),
            'r' or 'a' => PythonText.Repr(value),
            _ => throw context.ValueError($"unknown conversion '!{conversion}' in a format"),
        };
        if (spec.Length == 0)
            return context.Print(value);

        var parsed = FormatSpec.TryParse(spec) ?? throw context.ValueError($"'{spec}' is not a format");
        return parsed.Apply(context, value);
    }

    private static object? Lookup(CallContext context, string name, CallArguments arguments, ref int automatic)
    {
        var end = name.AsSpan().IndexOfAny('.', '[');
        var first = end < 0 ? name : name[..end];
        object? value;
        if (first.Length == 0 || int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            var index = first.Length == 0 ? automatic++ : int.Parse(first, CultureInfo.InvariantCulture);
            if (index >= arguments.Positional.Count)
                throw context.ArgumentError($"the format needs {index + 1} values and was given {arguments.Positional.Count}");
            value = arguments.Positional[index];
        }
        else if (!arguments.TryGetKeyword(first, out value))
        {
            throw context.ArgumentError($"the format needs a value for '{first}'");
        }

        var rest = end < 0 ? "" : name[end..];
        while (rest.Length > 0)
        {
            if (rest[0] == '[' && rest.IndexOf(']') is > 0 and var close)
            {
                var key = rest[1..close];
                value = context.GetItem(value, long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : key);
                rest = rest[(close + 1)..];
            }
            else
            {
                var next = rest.AsSpan(1).IndexOfAny('.', '[');
                var attribute = next < 0 ? rest[1..] : rest[1..(next + 1)];
                value = context.GetAttribute(value, attribute);
                rest = next < 0 ? "" : rest[(next + 1)..];
            }
        }

        return value;
    }
}
