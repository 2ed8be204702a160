using Models.Jinja.Rendering;

namespace Models.Rendering.Context.Functions;

/// <summary>An object with a fixed set of members, such as <c>exceptions</c> or <c>modules.re</c>.</summary>
internal sealed class HostNamespace(string name, IReadOnlyDictionary<string, object?> members) : IJinjaObject, IJinjaIndexable
{
    public static HostNamespace Of(string name, params IEnumerable<HostMember> functions)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (signature, body) in functions)
            members[signature[..signature.IndexOf('(', StringComparison.Ordinal)]] = new HostFunction(signature, body);

        return new HostNamespace(name, members);
    }

    public IEnumerable<string> Names => members.Keys;

    public bool TryGetAttribute(string name, out object? value) => members.TryGetValue(name, out value);

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string text && members.TryGetValue(text, out value);
    }

    public override string ToString() => $"<{name}>";
}

/// <summary>One function of a namespace: its signature and its implementation.</summary>
internal sealed record HostMember(string Signature, Func<BoundArguments, object?> Body);
