using Models.Jinja.Rendering;

namespace Models.Rendering.Context.Functions;

/// <summary>A Python class that templates instantiate and whose class methods they call.</summary>
internal sealed class HostClass(
    string name, string signature, Func<BoundArguments, object?> construct, params IEnumerable<HostMember> methods) : IJinjaCallable, IJinjaObject
{
    private readonly HostFunction _construct = new(signature, construct);
    private readonly HostNamespace _methods = HostNamespace.Of(name, methods);

    public object? Call(CallContext context, CallArguments arguments) => _construct.Call(context, arguments);

    public bool TryGetAttribute(string name, out object? value) => _methods.TryGetAttribute(name, out value);

    public override string ToString() => $"<class '{name}'>";
}
