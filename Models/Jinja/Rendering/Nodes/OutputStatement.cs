using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{{ expression }}</c></summary>
internal sealed class OutputStatement(SourceText source, int start, int length, Expression value) : StatementNode(source, start, length)
{
    public Expression Value { get; } = value;

    protected override IEnumerable<AstNode?> Children => [Value];

    public override Flow Execute(Frame frame)
    {
        var renderer = frame.Renderer;
        var text = renderer.Print(Value.Evaluate(frame), Value);
        renderer.WriteValue(text, Source, Value.Start, Value.Length, Value);
        return Flow.Next;
    }
}
