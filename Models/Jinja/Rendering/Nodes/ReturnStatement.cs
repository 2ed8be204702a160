using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering.Nodes;

/// <summary>dbt's <c>{% do return(value) %}</c> or <c>{{ return(value) }}</c>: ends the macro and returns the value to its caller.</summary>
internal sealed class ReturnStatement(SourceText source, int start, int length, Expression value) : StatementNode(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [value];

    public override Flow Execute(Frame frame)
    {
        var renderer = frame.Renderer;
        if (renderer.Call is null)
            throw Renderer.Fail(TemplateDiagnostics.ReturnOutsideMacro(Span, renderer.Trail()));

        renderer.Returned = value.Evaluate(frame);
        return Flow.Return;
    }
}
