using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <c>{% block name %}</c>: renders the most derived body of that name.
internal sealed class BlockStatement(SourceText source, int start, int length, BlockBody body, bool isScoped)
    : StatementNode(source, start, length)
{
    private IReadOnlyList<KeyValuePair<string, VariableReference>> _visible = [];

    public override void Bind(Scope scope)
    {
        if (isScoped)
            _visible = scope.Visible();
    }

    public override Flow Execute(Frame frame)
    {
        var context = frame.Context;
        if (context.Parent is not null)
            return Flow.Next;

        var first = context.Blocks![body.Name][0];
        if (first.IsRequired)
            throw frame.Renderer.ValueError(this, $"the required block '{body.Name}' is not overridden");

        frame.Renderer.EnsureStack(this);
        if (isScoped)
            context = new TemplateContext(frame.Renderer, VisibleScope.Of(frame, _visible)) { Blocks = context.Blocks };
        return first.Run(context, level: 0);
    }
}
