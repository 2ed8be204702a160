using Models.Jinja.Lexing;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering;

/// <summary>Looks up names that a template does not define.</summary>
internal sealed class TemplateContext(Renderer renderer, IJinjaScope globals)
{
    private Dictionary<string, Macro>? _localMacros;

    public Renderer Renderer { get; } = renderer;

    public IJinjaScope Globals { get; } = globals;

    /// <summary>The names set at the template's top level, for code that is bound outside of it (blocks, dbt's macros).</summary>
    public Frame? Root { get; set; }

    /// <summary>Macros of a file that are called through the outer names (<see cref="TemplateSyntax.DbtBlocks"/>).</summary>
    public Dictionary<string, Macro> LocalMacros => _localMacros ??= new Dictionary<string, Macro>(StringComparer.Ordinal);

    /// <summary>The overriding block bodies by name, most derived first; null without inheritance.</summary>
    public Dictionary<string, List<BlockBody>>? Blocks { get; set; }

    /// <summary>The template that this one extends, once it is known.</summary>
    public Template? Parent { get; set; }

    public object? Resolve(string name)
    {
        if (Root is not null && Root.TryGetExport(name, out var value))
            return value;
        if (_localMacros is not null && _localMacros.TryGetValue(name, out var macro))
            return macro;
        if (name == "self" && Blocks is not null)
            return new BlockReference(this);
        if (Globals.TryGet(name, out value) || Renderer.Options.SharedGlobals.TryGet(name, out value) || BuiltInFunctions.TryGet(name, out value))
            return value;

        return Undefined.OfName(name);
    }
}
