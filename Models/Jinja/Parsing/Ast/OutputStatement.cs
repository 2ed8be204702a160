using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>{{ expression }}</c></summary>
internal sealed class OutputStatement(SourceText source, int start, int length, Expression value) : Statement(source, start, length)
{
    public Expression Value { get; } = value;

    public override void Analyze(Scope scope) => Value.Analyze(scope);

    public override void Bind(Scope scope) => Value.Bind(scope);

    public override Flow Execute(Frame frame)
    {
        var renderer = frame.Renderer;
        var text = renderer.Print(Value.Evaluate(frame), Value);
        renderer.WriteValue(text, Source, Value.Start, Value.Length, Value);
        return Flow.Next;
    }
}
