using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering;

/// <summary>Operations on any value: truth, iteration, attributes, items and calls.</summary>
internal static class Operators
{
    public static bool IsTrue(Renderer renderer, ILocated place, object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0,
        long number => number != 0,
        Undefined undefined => renderer.Options.Undefined == UndefinedBehaviour.Strict ? throw renderer.UndefinedUse(undefined, place) : false,
        JinjaDict dict => dict.Count > 0,
        IReadOnlyCollection<object?> collection => collection.Count > 0,
        _ when PythonNumber.IsNumber(value) => PythonNumber.Compare(value, 0L) != 0,
        _ => true,
    };

    public static IEnumerable<object?> Iterate(Renderer renderer, ILocated place, object? value) => value switch
    {
        string text => Characters(text),
        JinjaDict dict => dict.Keys,
        IEnumerable<object?> items => items,
        Undefined undefined => renderer.Options.Undefined == UndefinedBehaviour.Strict ? throw renderer.UndefinedUse(undefined, place) : [],
        _ => throw renderer.TypeError(place, $"{Describe(value)} cannot be looped over"),
    };

    /// <summary>Copies the current items, so that the loop's body can change the list while iterating.</summary>
    public static object?[] ToArray(Renderer renderer, ILocated place, object? value) => value switch
    {
        JinjaList list => [.. list.Items],
        JinjaTuple tuple => tuple.Items,
        _ => [.. Iterate(renderer, place, value)],
    };

    public static object? GetAttribute(Renderer renderer, ILocated place, object? value, string name)
    {
        if (value is IJinjaObject host && host.TryGetAttribute(name, out var found))
            return found;
        if (Methods.TryFind(value, name, out var method))
            return new BoundFunction(name, (context, arguments) => method(context, value!, arguments));
        if (value is JinjaDict dict && dict.TryGetValue(name, out found))
            return found;
        if (value is IJinjaIndexable indexable && indexable.TryGetItem(name, out found))
            return found;

        return NotFound(renderer, place, value, name, $"'{name}'");
    }

    public static object? GetItem(Renderer renderer, ILocated place, object? value, object? key)
    {
        if (value is JinjaDict dict)
        {
            if (dict.TryGetValue(Hashable(renderer, place, key), out var found))
                return found;
        }
        else if (value is IJinjaIndexable indexable && indexable.TryGetItem(key, out var found))
        {
            return found;
        }
        else if (PythonNumber.TryLong(key, out var index) && TryIndex(value, index, out found))
        {
            return found;
        }

        if (key is string name)
        {
            if (value is IJinjaObject host && host.TryGetAttribute(name, out var found))
                return found;
            if (Methods.TryFind(value, name, out var method))
                return new BoundFunction(name, (context, arguments) => method(context, value!, arguments));
        }

        return NotFound(renderer, place, value, key as string ?? PythonText.Str(key), PythonText.Repr(key));
    }

    public static object? Call(CallContext context, object? callee, CallArguments arguments) => callee switch
    {
        IJinjaCallable callable => callable.Call(context, arguments),
        Undefined undefined => context.Options.Undefined == UndefinedBehaviour.Chainable
            ? undefined
            : throw context.Renderer.UndefinedUse(undefined, context),
        _ => throw Renderer.Fail(TemplateDiagnostics.NotCallable(context.Span, context.Trail, Describe(callee))),
    };

    /// <summary>Returns the value if it can be used as a dictionary key; otherwise reports an error.</summary>
    public static object? Hashable(Renderer renderer, ILocated place, object? value) => value switch
    {
        JinjaList or JinjaDict or JinjaSet => throw renderer.TypeError(place, $"{Describe(value)} cannot be a key, as it can change: use a tuple"),
        JinjaTuple tuple when tuple.Any(i => i is JinjaList or JinjaDict or JinjaSet) =>
            throw renderer.TypeError(place, "a tuple with a list, dict or set in it cannot be a key"),
        _ => value,
    };

    public static int Length(CallContext context, object? value) => value switch
    {
        string text => Count(text),
        JinjaDict dict => dict.Count,
        IReadOnlyCollection<object?> collection => collection.Count,
        Undefined undefined => context.Options.Undefined == UndefinedBehaviour.Strict ? throw context.Renderer.UndefinedUse(undefined, context) : 0,
        _ => throw context.TypeError($"{Describe(value)} has no length"),
    };

    /// <summary>The characters of a string as strings; a surrogate pair is one character.</summary>
    public static IEnumerable<object?> Characters(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                yield return text.Substring(i++, 2);
            else
                yield return text[i].ToString();
        }
    }

    /// <summary>Describes a value in a message: its type and, if short, its content.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "None",
        Undefined undefined => undefined.Description,
        string { Length: <= 40 } text => $"the text {PythonText.Quote(text)}",
        long or double or bool or decimal => $"{PythonText.Str(value)} (of type {TypeName(value)})",
        _ => $"a value of type {TypeName(value)}",
    };

    public static string TypeName(object? value) => value switch
    {
        null => "None",
        string => "str",
        bool => "bool",
        long or System.Numerics.BigInteger => "int",
        double => "float",
        decimal => "Decimal",
        JinjaList => "list",
        JinjaTuple => "tuple",
        JinjaDict => "dict",
        JinjaSet => "set",
        JinjaNamespace => "namespace",
        JinjaRange => "range",
        JinjaGenerator => "generator",
        Macro or UnboundMacro => "macro",
        Undefined => "undefined",
        IJinjaCallable => "function",
        _ => value.GetType().Name,
    };

    private static bool TryIndex(object? value, long index, out object? found)
    {
        found = null;
        var count = value switch
        {
            string text => Count(text),
            IReadOnlyList<object?> list => list.Count,
            _ => 0,
        };
        if (index < 0)
            index += count;
        if (index < 0 || index >= count)
            return false;

        found = value switch
        {
            string text when text.Length == count => text[(int)index].ToString(),
            string text => Characters(text).ElementAt((int)index),
            IReadOnlyList<object?> list => list[(int)index],
            _ => null,
        };
        return true;
    }

    private static int Count(string text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            if (char.IsLowSurrogate(c))
                count--;
        }

        return count;
    }

    private static Undefined NotFound(Renderer renderer, ILocated place, object? value, string name, string shown)
    {
        if (value is Undefined undefined)
        {
            return renderer.Options.Undefined == UndefinedBehaviour.Chainable
                ? undefined
                : throw renderer.UndefinedUse(undefined, place);
        }

        return new Undefined(name, $"{Describe(value)} has no attribute or item {shown}");
    }
}
