namespace Models.Jinja.Rendering;

/// <summary>Names a template can use that it does not define itself; asked once per name and rendering, when the name is first read.</summary>
public interface IJinjaScope
{
    bool TryGet(string name, out object? value);
}
