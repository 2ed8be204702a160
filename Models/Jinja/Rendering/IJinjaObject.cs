namespace Models.Jinja.Rendering;

/// <summary>A host object with attributes a template can read: <c>{{ x.name }}</c>.</summary>
public interface IJinjaObject
{
    /// <summary>The attribute's value, or false where the object has none of that name.</summary>
    bool TryGetAttribute(string name, out object? value);
}
