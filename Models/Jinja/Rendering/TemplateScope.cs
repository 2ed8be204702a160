namespace Models.Jinja.Rendering;

/// <summary>Passes a template's names on to a template that runs on its behalf.</summary>
internal sealed class TemplateScope(TemplateContext context) : IJinjaScope
{
    public bool TryGet(string name, out object? value) =>
        (context.Root is not null && context.Root.TryGetExport(name, out value)) || context.Globals.TryGet(name, out value);
}
