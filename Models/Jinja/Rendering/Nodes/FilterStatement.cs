using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% filter name %}text{% endfilter %}</c></summary>
internal sealed class FilterStatement(SourceText source, int start, int length, CapturedBody body) : StatementNode(source, start, length)
{
    public override void Analyze(Scope scope) => body.Analyze(scope);

    public override void Bind(Scope scope) => body.Bind(scope);

    public override Flow Execute(Frame frame)
    {
        var flow = body.Execute(frame, out var value);
        if (flow == Flow.Next)
            frame.Renderer.WriteValue(frame.Renderer.Print(value, this), Source, Start, Length, this);

        return flow;
    }
}
