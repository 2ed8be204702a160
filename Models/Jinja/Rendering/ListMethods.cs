using System.Collections.Frozen;

namespace Models.Jinja.Rendering;

internal static class ListMethods
{
    private const int MaxLength = 10_000_000;

    public static FrozenDictionary<string, Method> Table { get; } = Methods.ToTable(new()
    {
        ["append"] = (context, self, arguments) => Add(context, self, [Methods.Required(context, arguments, 0, "object", "append")]),
        ["extend"] = (context, self, arguments) =>
            Add(context, self, Operators.ToArray(context.Renderer, context, Methods.Required(context, arguments, 0, "iterable", "extend"))),
        ["insert"] = Insert,
        ["pop"] = Pop,
        ["remove"] = Remove,
        ["index"] = (context, self, arguments) => Index(context, ((JinjaList)self).Items, arguments),
        ["count"] = (context, self, arguments) => Count(((JinjaList)self).Items, Methods.Required(context, arguments, 0, "value", "count")),
        ["copy"] = (_, self, _) => new JinjaList((IEnumerable<object?>)self),
        ["clear"] = (_, self, _) =>
        {
            ((JinjaList)self).Items.Clear();
            return null;
        },
        ["reverse"] = (_, self, _) =>
        {
            ((JinjaList)self).Items.Reverse();
            return null;
        },
        ["sort"] = Sort,
    });

    public static object Count(IReadOnlyList<object?> items, object? value) =>
        PythonNumber.Box((long)items.Count(item => PythonEquality.AreEqual(item, value)));

    public static object Index(CallContext context, IReadOnlyList<object?> items, CallArguments arguments)
    {
        var value = Methods.Required(context, arguments, 0, "value", "index");
        var start = Methods.Integer(context, arguments, 1, "start", 0);
        var stop = Methods.Integer(context, arguments, 2, "stop", items.Count);
        if (start < 0)
            start = Math.Max(0, start + items.Count);
        if (stop < 0)
            stop += items.Count;
        for (var i = start; i < Math.Min(stop, items.Count); i++)
        {
            if (PythonEquality.AreEqual(items[(int)i], value))
                return PythonNumber.Box(i);
        }

        throw context.ValueError($"{Operators.Describe(value)} is not in the list");
    }

    private static object? Add(CallContext context, object self, object?[] items)
    {
        var list = ((JinjaList)self).Items;
        if (list.Count + (long)items.Length > MaxLength)
            throw context.Renderer.LimitError(context, $"a list is limited to {MaxLength} items");

        list.AddRange(items);
        return null;
    }

    private static object? Insert(CallContext context, object self, CallArguments arguments)
    {
        var list = ((JinjaList)self).Items;
        var index = Methods.Integer(context, arguments, 0, "index", 0);
        var at = (int)Math.Clamp(index < 0 ? index + list.Count : index, 0, list.Count);
        list.Insert(at, Methods.Required(context, arguments, 1, "object", "insert"));
        return null;
    }

    private static object? Pop(CallContext context, object self, CallArguments arguments)
    {
        var list = ((JinjaList)self).Items;
        var index = Methods.Integer(context, arguments, 0, "index", -1);
        if (index < 0)
            index += list.Count;
        if (index < 0 || index >= list.Count)
            throw context.ValueError(list.Count == 0 ? "pop() of an empty list" : $"pop() beyond the list's {list.Count} items");

        var item = list[(int)index];
        list.RemoveAt((int)index);
        return item;
    }

    private static object? Remove(CallContext context, object self, CallArguments arguments)
    {
        var list = ((JinjaList)self).Items;
        var value = Methods.Required(context, arguments, 0, "value", "remove");
        var index = list.FindIndex(item => PythonEquality.AreEqual(item, value));
        if (index < 0)
            throw context.ValueError($"{Operators.Describe(value)} is not in the list");

        list.RemoveAt(index);
        return null;
    }

    private static object? Sort(CallContext context, object self, CallArguments arguments)
    {
        var list = ((JinjaList)self).Items;
        var sorted = Sorting.Sort(context, list, item => item, context.IsTrue(arguments.Get(1, "reverse", otherwise: false)));
        list.Clear();
        list.AddRange(sorted);
        return null;
    }
}
