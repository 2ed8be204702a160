using Models.Jinja.Rendering;
using Models.Project.Graph;

namespace Models.Rendering.Macros;

/// <summary>A macro's description and its code.</summary>
internal sealed class MacroSource(MacroDefinition definition, MacroBlock block)
{
    public MacroDefinition Definition { get; } = definition;

    public MacroBlock Block { get; } = block;

    /// <summary>True for macros that are part of the compiler.</summary>
    public bool IsBuiltIn => Definition.PackageName is MacroIndex.BuiltInNamespace or MacroIndex.AdapterPackage;

    public IJinjaCallable Bind(IJinjaScope names) => Block.Macro(names);
}
