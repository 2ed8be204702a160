using System.Security.Cryptography;
using System.Text;

namespace Models.Jinja.Rendering.Filters;

internal static class SequenceFilters
{
    public static object? Attribute(CallContext context, object? value, CallArguments arguments)
    {
        var name = Methods.RequiredText(context, arguments, 0, "name", "attr");
        if (value is IJinjaObject host && host.TryGetAttribute(name, out var found))
            return found;
        if (Methods.TryFind(value, name, out _))
            return context.GetAttribute(value, name);

        return new Undefined(name, $"{Operators.Describe(value)} has no attribute '{name}'");
    }

    public static object? Batch(CallContext context, object? value, CallArguments arguments)
    {
        var size = Methods.Integer(context, arguments, 0, "linecount", 1);
        if (size < 1)
            throw context.ValueError("batch needs a size of at least 1");

        var fill = arguments.Get(1, "fill_with");
        context.Renderer.CheckLength(fill is null ? 0 : size, context);
        return new JinjaGenerator(context.Iterate(value).Chunk((int)Math.Min(size, int.MaxValue)).Select(chunk =>
            (object?)new JinjaList(fill is null ? chunk : chunk.Concat(Enumerable.Repeat(fill, (int)size - chunk.Length)))));
    }

    public static object? First(CallContext context, object? value, CallArguments arguments)
    {
        foreach (var item in context.Iterate(value))
            return item;
        return new Undefined("first", "there is no first item, the sequence is empty");
    }

    public static object? Last(CallContext context, object? value, CallArguments arguments)
    {
        if (value is JinjaGenerator)
            throw context.TypeError("a generator has no last item: make it a list first");

        object?[] items = Operators.ToArray(context.Renderer, context, value);
        return items.Length > 0 ? items[^1] : new Undefined("last", "there is no last item, the sequence is empty");
    }

    public static object? Items(CallContext context, object? value, CallArguments arguments) => value switch
    {
        Undefined => new JinjaGenerator([]),
        JinjaDict dict => new JinjaGenerator(dict.Select(entry => (object?)new JinjaTuple(entry.Key, entry.Value))),
        _ => throw context.TypeError($"items takes a dict, not {Operators.Describe(value)}"),
    };

    public static object? Join(CallContext context, object? value, CallArguments arguments)
    {
        var separator = context.Print(arguments.Get(0, "d", ""));
        var attribute = arguments.Get(1, "attribute");
        var builder = new StringBuilder();
        var isFirst = true;
        foreach (var item in context.Iterate(value))
        {
            if (!isFirst)
                builder.Append(separator);
            isFirst = false;
            builder.Append(context.Print(attribute is null ? item : AttributePath.Get(context, item, attribute)));
            context.Renderer.CheckLength(builder.Length, context);
        }

        return builder.ToString();
    }

    public static object? Random(CallContext context, object? value, CallArguments arguments)
    {
        context.Options.Unrepeatable?.Invoke();
        object?[] items = Operators.ToArray(context.Renderer, context, value);
        return items.Length > 0
            ? items[RandomNumberGenerator.GetInt32(items.Length)]
            : new Undefined("random", "there is no random item, the sequence is empty");
    }

    public static object? Reverse(CallContext context, object? value, CallArguments arguments) => value is string text
        ? string.Concat(Operators.Characters(text).Reverse())
        : new JinjaGenerator(Operators.ToArray(context.Renderer, context, value).Reverse());

    public static object? Slice(CallContext context, object? value, CallArguments arguments)
    {
        var count = Methods.Integer(context, arguments, 0, "slices", 1);
        if (count is < 1 or > 1_000_000)
            throw context.ValueError("slice needs a number of slices between 1 and 1000000");

        var fill = arguments.Get(1, "fill_with");
        var items = new List<object?>(Operators.ToArray(context.Renderer, context, value));
        var (size, extra) = ((int)(items.Count / count), (int)(items.Count % count));
        var slices = new List<object?>();
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var length = size + (i < extra ? 1 : 0);
            var slice = items.GetRange(at, length);
            at += length;
            if (fill is not null && extra > 0 && i >= extra)
                slice.Add(fill);
            slices.Add(new JinjaList(slice));
        }

        return new JinjaGenerator(slices);
    }
}
