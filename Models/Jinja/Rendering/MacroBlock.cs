using Models.Diagnostics;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering;

public enum MacroBlockKind
{
    Macro,
    Test,
    Materialization,
}

/// <summary>A macro, generic test or materialization that a file defines at its top level.</summary>
public sealed class MacroBlock
{
    private readonly MacroCode _code;

    internal MacroBlock(MacroBlockKind kind, string name, MacroCode code, SourceSpan nameSpan)
    {
        Kind = kind;
        Name = name;
        _code = code;
        NameSpan = nameSpan;
        Parameters = [.. code.ParameterNames];
    }

    public MacroBlockKind Kind { get; }

    /// <summary>The name as written: <c>not_null</c> for <c>{% test not_null(...) %}</c>.</summary>
    public string Name { get; }

    /// <summary>The name it is called by, as dbt forms it: <c>test_not_null</c>, <c>materialization_view_default</c>.</summary>
    public string MacroName => _code.Name;

    /// <summary>The adapter of a materialization, <c>default</c> if it names none; null for other blocks.</summary>
    public string? Adapter { get; init; }

    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The block, from the start of its first tag to the end of its last.</summary>
    public SourceSpan Span => _code.Span;

    public SourceSpan NameSpan { get; }

    /// <summary>The block's source text.</summary>
    public string Text => _code.Source.Text.Substring(_code.Start, _code.Length);

    /// <summary>Creates a macro to call in a rendering. It sees its own variables and <paramref name="globals"/>, but nothing of its file.</summary>
    public IJinjaCallable Macro(IJinjaScope globals) => new UnboundMacro(_code, globals);
}
