using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering;

/// <summary>Python's slices.</summary>
internal static class Slicing
{
    public static object? Slice(Renderer renderer, ILocated place, object? value, object? from, object? to, object? step)
    {
        var by = Bound(renderer, place, step) ?? 1;
        if (by == 0)
            throw renderer.ValueError(place, "a slice's step cannot be 0");

        var first = Bound(renderer, place, from);
        var end = Bound(renderer, place, to);
        switch (value)
        {
            case string text when !text.Any(char.IsSurrogate):
                if (by == 1)
                {
                    var (start, length) = Range(first, end, text.Length);
                    return renderer.KeepMap(text, text.Substring(start, length), start);
                }

                return string.Concat(Indexes(first, end, by, text.Length).Select(i => text[i]));
            case string text:
                var characters = Operators.Characters(text).ToList();
                return string.Concat(Indexes(first, end, by, characters.Count).Select(i => (string)characters[i]!));
            case JinjaTuple tuple:
                return new JinjaTuple([.. Indexes(first, end, by, tuple.Count).Select(i => tuple[i])]);
            case IReadOnlyList<object?> list:
                return new JinjaList(Indexes(first, end, by, list.Count).Select(i => list[i]));
            case Undefined undefined:
                return renderer.Options.Undefined == UndefinedBehaviour.Chainable ? undefined : throw renderer.UndefinedUse(undefined, place);
            default:
                throw renderer.TypeError(place, $"{Operators.Describe(value)} cannot be sliced");
        }
    }

    private static long? Bound(Renderer renderer, ILocated place, object? value) => value switch
    {
        null => null,
        _ when PythonNumber.TryLong(value, out var number) => Math.Clamp(number, -int.MaxValue, int.MaxValue),
        _ => throw renderer.TypeError(place, $"a slice takes whole numbers, not {Operators.Describe(value)}"),
    };

    private static (int Start, int Length) Range(long? from, long? to, int count)
    {
        var start = Clamp(from ?? 0, count, 0, count);
        var end = Clamp(to ?? count, count, 0, count);
        return ((int)start, (int)Math.Max(0, end - start));
    }

    private static IEnumerable<int> Indexes(long? from, long? to, long step, int count)
    {
        if (step > 0)
        {
            var end = Clamp(to ?? count, count, 0, count);
            for (var i = Clamp(from ?? 0, count, 0, count); i < end; i += step)
                yield return (int)i;
        }
        else
        {
            var end = to is null ? -1 : Clamp(to.Value, count, -1, count - 1);
            for (var i = from is null ? count - 1 : Clamp(from.Value, count, -1, count - 1); i > end; i += step)
                yield return (int)i;
        }
    }

    private static long Clamp(long index, int count, long low, long high) =>
        Math.Clamp(index < 0 ? index + count : index, low, Math.Max(low, high));
}
