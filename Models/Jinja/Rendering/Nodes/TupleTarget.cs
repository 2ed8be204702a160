using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <c>a, b</c>: requires as many values as names.
internal sealed class TupleTarget(SourceText source, int start, int length, AssignmentTarget[] targets)
    : AssignmentTarget(source, start, length)
{
    public override void AnalyzeAsParameter(Scope scope)
    {
        foreach (var target in targets)
            target.AnalyzeAsParameter(scope);
    }

    protected override IEnumerable<AstNode?> Children => targets;

    public override void Assign(Frame frame, object? value)
    {
        var items = Operators.ToArray(frame.Renderer, this, value);
        if (items.Length != targets.Length)
            throw frame.Renderer.ValueError(this, $"{targets.Length} names cannot take apart {items.Length} values");

        for (var i = 0; i < targets.Length; i++)
            targets[i].Assign(frame, items[i]);
    }
}
