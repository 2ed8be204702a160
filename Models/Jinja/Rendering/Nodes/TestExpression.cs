using Models.Diagnostics;
using Models.Jinja.Rendering.Tests;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>value is name(arguments)</c>, <c>value is not name</c></summary>
internal sealed class TestExpression(
    SourceText source,
    int start,
    int length,
    Expression value,
    string name,
    int nameStart,
    ArgumentList arguments,
    bool isNegated) : Expression(source, start, length)
{
    protected override IEnumerable<AstNode?> Children => [value, .. arguments.Expressions];

    public override void Analyze(Scope scope)
    {
        base.Analyze(scope);
        if (!scope.IsInBranch && !BuiltInTests.IsKnown(name))
            scope.Diagnostics.Add(BuiltInTests.Unknown(name, Source.Span(nameStart, name.Length)));
    }

    public override object? Evaluate(Frame frame)
    {
        CheckStack();
        var context = new CallContext(frame.Renderer, this);
        var test = BuiltInTests.Find(context, name, Source.Span(nameStart, name.Length));
        return PythonNumber.Box(test(context, value.Evaluate(frame), arguments.Evaluate(frame)) != isNegated);
    }
}
