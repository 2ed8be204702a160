using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <c>{% extends name %}</c>: discards the output from here on; the parent template writes the output instead.
internal sealed class ExtendsStatement(SourceText source, int start, int length, Expression name) : StatementNode(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [name];

    public override Flow Execute(Frame frame)
    {
        if (frame.Context.Parent is not null)
            throw frame.Renderer.ValueError(this, "a template can extend one template only");

        var (parent, _) = TemplateLoading.Load(frame.Renderer, this, name.Evaluate(frame));
        frame.Context.Parent = parent;
        frame.Renderer.BeginCapture();
        return Flow.Next;
    }
}
