using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <c>{% macro name(parameters) %}</c>: creates the macro and assigns it to its name.
internal sealed class MacroStatement(SourceText source, int start, int length, MacroCode code, MacroBlock? block)
    : StatementNode(source, start, length)
{
    private VariableReference _reference;
    private bool _isBound;

    /// <summary>Set if other files can call the macro.</summary>
    public MacroBlock? Block { get; } = block;

    public MacroCode Code { get; } = code;

    public override void Analyze(Scope scope)
    {
        if (!IsLookedUpOutside(scope))
            scope.Store(Code.Name);
    }

    public override void Bind(Scope scope)
    {
        if (IsLookedUpOutside(scope))
        {
            Code.Bind(Scope.Outermost(scope.Syntax, scope.Diagnostics));
            return;
        }

        Code.Bind(scope);
        _reference = scope.Resolve(Code.Name);
        _isBound = true;
    }

    public override Flow Execute(Frame frame)
    {
        if (_isBound)
            frame.Write(_reference, new Macro(Code, frame.Context, frame));
        else
            frame.Context.LocalMacros[Code.Name] = new Macro(Code, frame.Context, new Frame(frame.Context, parent: null, slots: 0));
        return Flow.Next;
    }

    /// <summary>dbt's macros see each other, and the rest of their file, only through the project's macros.</summary>
    private static bool IsLookedUpOutside(Scope scope) => scope.Syntax.DbtBlocks && scope.IsTopLevel;
}
