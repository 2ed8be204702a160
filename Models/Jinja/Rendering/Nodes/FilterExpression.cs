using Models.Diagnostics;
using Models.Jinja.Rendering.Filters;

namespace Models.Jinja.Rendering.Nodes;

/// <c>value | name(arguments)</c>. In the filters of a block there is no value expression: the value is the block's text.
internal sealed class FilterExpression(
    SourceText source,
    int start,
    int length,
    Expression? value,
    string name,
    int nameStart,
    ArgumentList arguments) : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [value, .. arguments.Expressions];

    public override void Analyze(Scope scope)
    {
        base.Analyze(scope);
        if (!scope.IsInBranch && !BuiltInFilters.IsKnown(name, scope.Syntax))
            scope.Diagnostics.Add(BuiltInFilters.Unknown(name, Source.Span(nameStart, name.Length), scope.Syntax.FurtherFilters));
    }

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        return Apply(frame, value?.Evaluate(frame));
    }

    public object? Apply(Frame frame, object? input)
    {
        var context = new CallContext(frame.Renderer, this);
        var filter = BuiltInFilters.Find(context, name, Source.Span(nameStart, name.Length));
        return filter(context, input, arguments.Evaluate(frame));
    }
}
