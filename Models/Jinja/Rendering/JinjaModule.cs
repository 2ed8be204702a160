namespace Models.Jinja.Rendering;

/// <summary>An imported template: the names it sets, and its output when printed.</summary>
internal sealed class JinjaModule(string name, Frame root, string text) : IJinjaObject
{
    public string Name { get; } = name;

    public bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        return !name.StartsWith('_') && root.TryGetExport(name, out value);
    }

    public override string ToString() => text;
}
