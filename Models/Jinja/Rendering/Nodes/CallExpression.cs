using Models.Diagnostics;

namespace Models.Jinja.Rendering.Nodes;

/// <summary><c>callee(arguments)</c></summary>
internal sealed class CallExpression(SourceText source, int start, int length, Expression callee, ArgumentList arguments)
    : Expression(source, start, length)
{
    public Expression Callee { get; } = callee;

    public ArgumentList Arguments { get; } = arguments;

    protected override IEnumerable<AstNode?> Children => [Callee, .. Arguments.Expressions];

    public override object? Evaluate(Frame frame) => Call(frame, caller: null);

    /// <param name="frame">The frame to evaluate in.</param>
    /// <param name="caller">The macro of a call block.</param>
    public object? Call(Frame frame, Macro? caller)
    {
        CheckStack();
        if (Callee is AttributeExpression attribute)
            return CallAttribute(frame, attribute, caller);

        var called = Callee.Evaluate(frame);
        return Operators.Call(new CallContext(frame.Renderer, this), called, Arguments.Evaluate(frame, caller));
    }

    /// <summary>Calls a method of a built-in type without creating a bound method first.</summary>
    private object? CallAttribute(Frame frame, AttributeExpression attribute, Macro? caller)
    {
        var target = attribute.Target.Evaluate(frame);
        var context = new CallContext(frame.Renderer, this);
        if (Methods.TryFind(target, attribute.Name, out var method))
            return method(context, target!, Arguments.Evaluate(frame, caller));

        var called = Operators.GetAttribute(frame.Renderer, attribute, target, attribute.Name);
        return Operators.Call(context, called, Arguments.Evaluate(frame, caller));
    }
}
