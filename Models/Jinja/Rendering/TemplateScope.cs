namespace Models.Jinja.Rendering;

/// <summary>The names that a template sees, for one that runs in its place.</summary>
internal sealed class TemplateScope(TemplateContext context) : IJinjaScope
{
    public bool TryGet(string name, out object? value) =>
        (context.Root is not null && context.Root.TryGetExport(name, out value)) || context.Globals.TryGet(name, out value);
}
