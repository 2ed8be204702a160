using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>{% do expression %}</c></summary>
internal sealed class DoStatement(SourceText source, int start, int length, Expression value) : Statement(source, start, length)
{
    public override void Analyze(Scope scope) => value.Analyze(scope);

    public override void Bind(Scope scope) => value.Bind(scope);

    public override Flow Execute(Frame frame)
    {
        value.Evaluate(frame);
        return Flow.Next;
    }
}
