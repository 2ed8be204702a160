using Models.Jinja.Lexing;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering;

/// <summary>Where one template in a rendering finds the names it does not define.</summary>
internal sealed class TemplateContext(Renderer renderer, IJinjaScope globals)
{
    private Dictionary<string, Macro>? _localMacros;

    public Renderer Renderer { get; } = renderer;

    public IJinjaScope Globals { get; } = globals;

    /// <summary>The names set at the template's top level, for what is bound outside of it (blocks, dbt's macros).</summary>
    public Frame? Root { get; set; }

    /// <summary>Macros of a file that are called through the names outside of it (<see cref="TemplateSyntax.DbtBlocks"/>).</summary>
    public Dictionary<string, Macro> LocalMacros => _localMacros ??= new Dictionary<string, Macro>(StringComparer.Ordinal);

    /// <summary>The overriding bodies of blocks, by name, the most derived first; null outside of inheritance.</summary>
    public Dictionary<string, List<BlockBody>>? Blocks { get; set; }

    /// <summary>The template this one extends, once that is known.</summary>
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
