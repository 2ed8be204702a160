using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary>Literal text.</summary>
internal sealed class TextStatement(SourceText source, int start, int length, string text) : StatementNode(source, start, length)
{
    public string Text { get; } = text;

    public override Flow Execute(Frame frame)
    {
        frame.Renderer.WriteLiteral(Text, Source, Start);
        return Flow.Next;
    }
}
