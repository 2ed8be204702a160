using System.Collections.Frozen;

namespace Models.Jinja.Rendering;

internal static class SetMethods
{
    public static FrozenDictionary<string, Method> Table { get; } = Methods.ToTable(new()
    {
        ["add"] = (context, self, arguments) =>
        {
            ((JinjaSet)self).Add(Key(context, Methods.Required(context, arguments, 0, "element", "add")));
            return null;
        },
        ["discard"] = (context, self, arguments) =>
        {
            ((JinjaSet)self).Remove(Key(context, Methods.Required(context, arguments, 0, "element", "discard")));
            return null;
        },
        ["remove"] = (context, self, arguments) =>
        {
            var item = Key(context, Methods.Required(context, arguments, 0, "element", "remove"));
            return ((JinjaSet)self).Remove(item) ? null : throw context.ValueError($"{Operators.Describe(item)} is not in the set");
        },
        ["pop"] = (context, self, _) =>
        {
            var set = (JinjaSet)self;
            if (set.Count == 0)
                throw context.ValueError("pop() of an empty set");
            var item = set.First();
            set.Remove(item);
            return item;
        },
        ["clear"] = (_, self, _) =>
        {
            ((JinjaSet)self).Clear();
            return null;
        },
        ["copy"] = (_, self, _) => new JinjaSet((JinjaSet)self),
        ["update"] = (context, self, arguments) =>
        {
            foreach (var item in arguments.Positional.SelectMany(context.Iterate).ToList())
                ((JinjaSet)self).Add(Key(context, item));
            return null;
        },
        ["union"] = (context, self, arguments) => new JinjaSet(((JinjaSet)self).Concat(arguments.Positional.SelectMany(context.Iterate))),
        ["intersection"] = (context, self, arguments) =>
        {
            var others = arguments.Positional.Select(a => new JinjaSet(context.Iterate(a))).ToList();
            return new JinjaSet(((JinjaSet)self).Where(item => others.TrueForAll(other => other.Contains(item))));
        },
        ["difference"] = (context, self, arguments) =>
        {
            var others = new JinjaSet(arguments.Positional.SelectMany(context.Iterate));
            return new JinjaSet(((JinjaSet)self).Where(item => !others.Contains(item)));
        },
        ["symmetric_difference"] = (context, self, arguments) =>
        {
            var (set, other) = ((JinjaSet)self, Other(context, arguments, "symmetric_difference"));
            return new JinjaSet(set.Where(i => !other.Contains(i)).Concat(other.Where(i => !set.Contains(i))));
        },
        ["issubset"] = (context, self, arguments) => PythonNumber.Box(((JinjaSet)self).All(Other(context, arguments, "issubset").Contains)),
        ["issuperset"] = (context, self, arguments) => PythonNumber.Box(Other(context, arguments, "issuperset").All(((JinjaSet)self).Contains)),
        ["isdisjoint"] = (context, self, arguments) => PythonNumber.Box(!((JinjaSet)self).Any(Other(context, arguments, "isdisjoint").Contains)),
    });

    private static object? Key(CallContext context, object? item) => Operators.Hashable(context.Renderer, context, item);

    private static JinjaSet Other(CallContext context, CallArguments arguments, string method) =>
        new(context.Iterate(Methods.Required(context, arguments, 0, "other", method)));
}
