namespace Models.Jinja.Rendering;

/// <summary>The names that a template can use without defining them. It is called once per name and rendering, when the name is first read.</summary>
public interface IJinjaScope
{
    bool TryGet(string name, out object? value);
}
