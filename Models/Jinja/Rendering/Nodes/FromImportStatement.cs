using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>{% from template import a, b as c %}</c></summary>
internal sealed class FromImportStatement(
    SourceText source,
    int start,
    int length,
    Expression template,
    (string Name, NameTarget Target)[] names,
    bool withContext) : StatementNode(source, start, length)
{
    private IReadOnlyList<KeyValuePair<string, VariableReference>> _visible = [];

    public override void Analyze(Scope scope)
    {
        template.Analyze(scope);
        foreach (var (_, target) in names)
            target.Analyze(scope);
    }

    public override void Bind(Scope scope)
    {
        template.Bind(scope);
        foreach (var (_, target) in names)
            target.Bind(scope);
        if (withContext)
            _visible = scope.Visible();
    }

    public override Flow Execute(Frame frame)
    {
        var module = TemplateLoading.Import(frame, this, template.Evaluate(frame), withContext, _visible);
        foreach (var (name, target) in names)
        {
            target.Assign(frame, module.TryGetAttribute(name, out var value)
                ? value
                : new Undefined(name, $"the template '{module.Name}' does not export '{name}'"));
        }

        return Flow.Next;
    }
}
