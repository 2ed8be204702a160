using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% import template as name %}</c></summary>
internal sealed class ImportStatement(
    SourceText source,
    int start,
    int length,
    Expression template,
    NameTarget target,
    bool withContext) : StatementNode(source, start, length)
{
    private IReadOnlyList<KeyValuePair<string, VariableReference>> _visible = [];

    public override void Analyze(Scope scope)
    {
        template.Analyze(scope);
        target.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        template.Bind(scope);
        target.Bind(scope);
        if (withContext)
            _visible = scope.Visible();
    }

    public override Flow Execute(Frame frame)
    {
        target.Assign(frame, TemplateLoading.Import(frame, this, template.Evaluate(frame), withContext, _visible));
        return Flow.Next;
    }
}
