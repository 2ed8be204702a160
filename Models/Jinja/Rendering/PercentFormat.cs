using System.Text;
using System.Text.RegularExpressions;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering;

/// <summary><c>'%s of %(name)d' % values</c></summary>
internal static partial class PercentFormat
{
    public static string Format(Renderer renderer, ILocated place, string format, object? values)
    {
        var context = new CallContext(renderer, place);
        var positional = values is JinjaTuple tuple ? tuple.Items : [values];
        var used = 0;
        var builder = new StringBuilder();
        var at = 0;
        while (at < format.Length)
        {
            var percent = format.IndexOf('%', at);
            if (percent < 0)
                break;

            builder.Append(format, at, percent - at);
            var match = Pattern().Match(format, percent);
            if (!match.Success)
                throw renderer.ValueError(place, "a '%' in a format is followed by no conversion: write '%%' for a percent sign");

            builder.Append(Convert(context, match, values, positional, ref used));
            renderer.CheckLength(builder.Length, place);
            at = percent + match.Length;
        }

        builder.Append(format, at, format.Length - at);
        if (used < positional.Length && values is not (JinjaDict or JinjaList or Undefined))
            throw renderer.ArgumentError(place, $"the format takes {used} values and was given {positional.Length}");
        return builder.ToString();
    }

    private static string Convert(CallContext context, Match match, object? values, object?[] positional, ref int used)
    {
        var type = match.Groups["type"].Value[0];
        if (type == '%')
            return "%";

        var width = match.Groups["width"].Value;
        if (width == "*")
            width = PythonText.Str(Next(context, positional, ref used));

        object? value;
        if (match.Groups["name"].Success)
        {
            if (values is not JinjaDict dict || !dict.TryGetValue(match.Groups["name"].Value, out value))
                throw context.ArgumentError($"the format needs a value for '{match.Groups["name"].Value}'");
        }
        else
        {
            value = Next(context, positional, ref used);
        }

        return Apply(context, type, match.Groups["flags"].Value, width, match.Groups["precision"].Value, value);
    }

    private static object? Next(CallContext context, object?[] positional, ref int used) => used < positional.Length
        ? positional[used++]
        : throw context.ArgumentError($"the format needs more than the {positional.Length} values given");

    private static string Apply(CallContext context, char type, string flags, string width, string precision, object? value)
    {
        switch (type)
        {
            case 's':
                value = context.Print(value);
                break;
            case 'r' or 'a':
                value = PythonText.Repr(value);
                break;
            case 'c' when value is string text:
                value = text;
                break;
            case 'd' or 'i' or 'u':
                value = value is double real && double.IsFinite(real) ? new System.Numerics.BigInteger(real) : value;
                break;
        }

        if (type is not ('s' or 'r' or 'a' or 'c') && !PythonNumber.IsNumber(value))
            throw context.TypeError($"'%{type}' takes a number, not {Operators.Describe(value)}");

        var isText = value is string;
        var isLeft = flags.Contains('-');
        var align = isLeft ? "<" : isText ? ">" : "";
        var zero = !isLeft && !isText && flags.Contains('0') ? "0" : "";
        var sign = isText ? "" : flags.Contains('+') ? "+" : flags.Contains(' ') ? " " : "";
        var alternate = flags.Contains('#') ? "#" : "";
        var specType = type switch { 's' or 'r' or 'a' => 's', 'i' or 'u' => 'd', 'c' when isText => 's', _ => type };
        var dot = precision.Length > 0 && specType is not ('d' or 'x' or 'X' or 'o') ? "." + precision.TrimStart('.').PadLeft(1, '0') : "";
        var spec = FormatSpec.TryParse($"{align}{sign}{alternate}{zero}{width}{dot}{specType}")
            ?? throw context.ValueError("this format has a width or precision that is too large");
        return spec.Apply(context, value is bool ? PythonNumber.Box(PythonNumber.ToBig(value)) : value);
    }

    [GeneratedRegex(
        @"\G%(?:\((?<name>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>\d+|\*)?(?<precision>\.\d*)?[hlL]?(?<type>[diouxXeEfFgGcrsa%])", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
