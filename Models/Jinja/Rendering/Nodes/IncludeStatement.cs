using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% include name ignore missing with context %}</c></summary>
internal sealed class IncludeStatement(
    SourceText source,
    int start,
    int length,
    Expression name,
    bool ignoresMissing,
    bool withContext) : StatementNode(source, start, length)
{
    private IReadOnlyList<KeyValuePair<string, VariableReference>> _visible = [];

    public override void Analyze(Scope scope) => name.Analyze(scope);

    public override void Bind(Scope scope)
    {
        name.Bind(scope);
        if (withContext)
            _visible = scope.Visible();
    }

    public override Flow Execute(Frame frame)
    {
        var template = TemplateLoading.TryLoad(frame.Renderer, this, name.Evaluate(frame), ignoresMissing);
        if (template is not null)
            TemplateLoading.Run(frame.Renderer, this, template, TemplateLoading.Globals(frame, withContext, _visible));
        return Flow.Next;
    }
}
