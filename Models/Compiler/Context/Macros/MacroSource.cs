using Models.Jinja;
using Models.Jinja.Rendering;

namespace Models.Compiler.Context.Macros;

/// <summary>A macro's description and its code.</summary>
internal sealed class MacroSource(MacroDefinition definition, MacroBlock block)
{
    public MacroDefinition Definition { get; } = definition;

    public MacroBlock Block { get; } = block;

    /// <summary>True for what comes with the compiler.</summary>
    public bool IsBuiltIn => Definition.PackageName is MacroIndex.BuiltInNamespace or MacroIndex.AdapterPackage;

    public IJinjaCallable Bind(IJinjaScope names) => Block.Macro(names);
}
