namespace Models.Jinja.Rendering;

/// <summary><c>namespace(a=1)</c>: attributes that <c>{% set ns.a = 2 %}</c> can change from any scope.</summary>
internal sealed class JinjaNamespace : IJinjaObject, IJinjaIndexable
{
    public Dictionary<string, object?> Attributes { get; } = new(StringComparer.Ordinal);

    public bool TryGetAttribute(string name, out object? value) => Attributes.TryGetValue(name, out value);

    public bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return key is string name && Attributes.TryGetValue(name, out value);
    }

    public override string ToString() => PythonText.Repr(this);
}
