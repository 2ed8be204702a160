using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% call(parameters) macro(arguments) %}text{% endcall %}</c>: the macro can call the text as <c>caller()</c>.</summary>
internal sealed class CallBlockStatement(SourceText source, int start, int length, CallExpression call, MacroCode code)
    : StatementNode(source, start, length)
{
    public override void Analyze(Scope scope) => call.Analyze(scope);

    public override void Bind(Scope scope)
    {
        call.Bind(scope);
        code.Bind(scope);
    }

    public override Flow Execute(Frame frame)
    {
        var renderer = frame.Renderer;
        var value = call.Call(frame, new Macro(code, frame.Context, frame));
        renderer.WriteValue(renderer.Print(value, call), Source, call.Start, call.Length, call);
        return Flow.Next;
    }
}
