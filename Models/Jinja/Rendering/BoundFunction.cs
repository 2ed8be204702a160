namespace Models.Jinja.Rendering;

/// <summary>A function of a built-in object, or a method bound to its object.</summary>
internal sealed class BoundFunction(string name, Func<CallContext, CallArguments, object?> function) : IJinjaCallable
{
    public object? Call(CallContext context, CallArguments arguments) => function(context, arguments);

    public override string ToString() => $"<built-in function {name}>";
}
