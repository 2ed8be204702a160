using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Models.Jinja.Rendering;

/// <summary>A method of a built-in type.</summary>
internal delegate object? Method(CallContext context, object self, CallArguments arguments);

/// <summary>The methods of Python's built-in types.</summary>
internal static class Methods
{
    public static bool TryFind(object? value, string name, [NotNullWhen(true)] out Method? method)
    {
        switch (value)
        {
            case string:
                return StringMethods.Table.TryGetValue(name, out method);
            case JinjaDict:
                return DictMethods.Table.TryGetValue(name, out method);
            case JinjaList:
                return ListMethods.Table.TryGetValue(name, out method);
            case JinjaTuple:
                return TupleMethods.Table.TryGetValue(name, out method);
            case JinjaSet:
                return SetMethods.Table.TryGetValue(name, out method);
            case long or double or bool or decimal or System.Numerics.BigInteger:
                return NumberMethods.Table.TryGetValue(name, out method);
            default:
                method = null;
                return false;
        }
    }

    public static FrozenDictionary<string, Method> ToTable(Dictionary<string, Method> methods) => methods.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Adds the entries of a dict, or of a list of pairs.</summary>
    public static void UpdateDict(CallContext context, JinjaDict dict, object? source)
    {
        if (source is JinjaDict other)
        {
            foreach (var (key, value) in other.ToList())
                dict[key] = value;
            return;
        }

        if (source is JinjaNamespace space)
        {
            foreach (var (key, value) in space.Attributes)
                dict[key] = value;
            return;
        }

        foreach (var item in Operators.ToArray(context.Renderer, context, source))
        {
            var pair = Operators.ToArray(context.Renderer, context, item);
            if (pair.Length != 2)
                throw context.ValueError($"a dict is made of pairs, and this item has {pair.Length} values");
            dict[Operators.Hashable(context.Renderer, context, pair[0])] = pair[1];
        }
    }

    public static object? Required(CallContext context, CallArguments arguments, int position, string name, string method) =>
        arguments.TryGet(position, name, out var value) ? value : throw context.ArgumentError($"{method}() needs the argument '{name}'");

    public static string RequiredText(CallContext context, CallArguments arguments, int position, string name, string method) =>
        Required(context, arguments, position, name, method) switch
        {
            string text => text,
            Undefined undefined => throw context.Renderer.UndefinedUse(undefined, context),
            var other => throw context.TypeError($"{method}() takes a text, not {Operators.Describe(other)}"),
        };

    public static long Integer(CallContext context, CallArguments arguments, int position, string name, long otherwise) =>
        arguments.Get(position, name) switch
        {
            null => otherwise,
            var value when PythonNumber.TryLong(value, out var number) => number,
            Undefined undefined => throw context.Renderer.UndefinedUse(undefined, context),
            var other => throw context.TypeError($"'{name}' must be a whole number, not {Operators.Describe(other)}"),
        };
}
