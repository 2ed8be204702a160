using System.Collections.Frozen;

namespace Models.Jinja.Rendering;

internal static class TupleMethods
{
    public static FrozenDictionary<string, Method> Table { get; } = Methods.ToTable(new()
    {
        ["index"] = (context, self, arguments) => ListMethods.Index(context, (JinjaTuple)self, arguments),
        ["count"] = (context, self, arguments) => ListMethods.Count((JinjaTuple)self, Methods.Required(context, arguments, 0, "value", "count")),
    });
}
