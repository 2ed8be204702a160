using System.Collections.Frozen;

namespace Models.Jinja.Rendering;

internal static class DictMethods
{
    public static FrozenDictionary<string, Method> Table { get; } = Methods.ToTable(new()
    {
        ["get"] = (context, self, arguments) =>
            ((JinjaDict)self).TryGetValue(Key(context, Methods.Required(context, arguments, 0, "key", "get")), out var value)
                ? value
                : arguments.Get(1, "default"),
        ["keys"] = (_, self, _) => View("dict_keys", (JinjaDict)self, entry => entry.Key),
        ["values"] = (_, self, _) => View("dict_values", (JinjaDict)self, entry => entry.Value),
        ["items"] = (_, self, _) => View("dict_items", (JinjaDict)self, entry => new JinjaTuple(entry.Key, entry.Value)),
        ["copy"] = (_, self, _) => ((JinjaDict)self).Copy(),
        ["clear"] = (_, self, _) =>
        {
            ((JinjaDict)self).Clear();
            return null;
        },
        ["update"] = Update,
        ["pop"] = Pop,
        ["popitem"] = PopItem,
        ["setdefault"] = SetDefault,
        ["fromkeys"] = (context, _, arguments) =>
        {
            var dict = new JinjaDict();
            foreach (var key in context.Iterate(Methods.Required(context, arguments, 0, "iterable", "fromkeys")))
                dict[Key(context, key)] = arguments.Get(1, "value");
            return dict;
        },
    });

    private static object? Key(CallContext context, object? key) => Operators.Hashable(context.Renderer, context, key);

    private static JinjaView View(string name, JinjaDict dict, Func<KeyValuePair<object?, object?>, object?> select) =>
        new(name, () => dict.Select(select), () => dict.Count);

    private static object? Update(CallContext context, object self, CallArguments arguments)
    {
        var dict = (JinjaDict)self;
        if (arguments.Positional.Count > 0)
            Methods.UpdateDict(context, dict, arguments.Positional[0]);
        foreach (var (key, value) in arguments.Keyword)
            dict[key] = value;
        return null;
    }

    private static object? Pop(CallContext context, object self, CallArguments arguments)
    {
        var dict = (JinjaDict)self;
        var key = Key(context, Methods.Required(context, arguments, 0, "key", "pop"));
        if (dict.TryGetValue(key, out var value))
        {
            dict.Remove(key);
            return value;
        }

        return arguments.TryGet(1, "default", out var otherwise)
            ? otherwise
            : throw context.ValueError($"the dict has no key {PythonText.Repr(key)}: give pop() a default");
    }

    private static object? PopItem(CallContext context, object self, CallArguments arguments)
    {
        var dict = (JinjaDict)self;
        if (dict.Count == 0)
            throw context.ValueError("popitem() of an empty dict");

        var (key, value) = dict.Last();
        dict.Remove(key);
        return new JinjaTuple(key, value);
    }

    private static object? SetDefault(CallContext context, object self, CallArguments arguments)
    {
        var dict = (JinjaDict)self;
        var key = Key(context, Methods.Required(context, arguments, 0, "key", "setdefault"));
        if (dict.TryGetValue(key, out var value))
            return value;

        return dict[key] = arguments.Get(1, "default");
    }
}
