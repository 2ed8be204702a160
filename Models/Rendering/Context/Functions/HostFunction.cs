using Models.Jinja.Rendering;

namespace Models.Rendering.Context.Functions;

/// <summary>A built-in function that templates call.</summary>
internal sealed class HostFunction(string signature, Func<BoundArguments, object?> body) : IJinjaCallable
{
    private readonly Signature _signature = Signature.Of(signature);

    public object? Call(CallContext context, CallArguments arguments) => body(_signature.Bind(context, arguments));

    public override string ToString() => $"<function {_signature.Name}>";
}
