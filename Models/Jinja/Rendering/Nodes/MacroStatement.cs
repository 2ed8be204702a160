using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% macro name(parameters) %}</c>: makes the macro and gives it its name.</summary>
internal sealed class MacroStatement(SourceText source, int start, int length, MacroCode code, MacroBlock? block)
    : Statement(source, start, length)
{
    private VariableReference _reference;
    private bool _isBound;

    /// <summary>Set for a macro that other files can call.</summary>
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

    /// <summary>dbt's macros do not see each other, nor the file around them, but through the project's macros.</summary>
    private static bool IsLookedUpOutside(Scope scope) => scope.Syntax.DbtBlocks && scope.IsTopLevel;
}
