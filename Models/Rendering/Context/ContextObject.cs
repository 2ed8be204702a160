using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context;

/// <summary>The <c>context</c> of templates: all names of the rendering, by key.</summary>
internal sealed class ContextObject(NodeContext context) : IJinjaObject, IJinjaIndexable
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => new HostFunction("get(name, default?)", a => context.TryGet(a.Text(0), out var found) ? found : a[1]),
            "keys" => new HostFunction("keys()", _ => new JinjaList(context.Project.Macros.NamesFor(context.Package).Concat(DbtNames.All))),
            _ => null,
        };
        return value is not null || context.TryGet(name, out value);
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && context.TryGet(name, out value);
    }

    public override string ToString() => "<context>";
}
