using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Jinja.Parsing.Ast;

/// <summary><c>{% extends name %}</c>: what is written from here on is dropped, the parent writes instead.</summary>
internal sealed class ExtendsStatement(SourceText source, int start, int length, Expression name) : Statement(source, start, length)
{
    public override void Analyze(Scope scope) => name.Analyze(scope);

    public override void Bind(Scope scope) => name.Bind(scope);

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
