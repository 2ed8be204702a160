using Models.Jinja.Rendering;

namespace Models.Rendering.Context.Macros;

/// <summary>A package in templates: <c>{{ dbt_utils.star(...) }}</c>.</summary>
internal sealed class MacroNamespace(NodeContext context, string package) : IJinjaObject, IJinjaIndexable
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = context.Project.Macros.FindIn(package, name) is { } macro ? context.Bind(macro) : null;
        return value is not null;
    }

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && TryGetAttribute(name, out value);
    }

    public override string ToString() => $"<package {package}>";
}
