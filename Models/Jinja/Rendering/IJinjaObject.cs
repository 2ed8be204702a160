namespace Models.Jinja.Rendering;

/// <summary>A host object with attributes a template can read: <c>{{ x.name }}</c>.</summary>
public interface IJinjaObject
{
    /// <summary>Gets an attribute; returns false if the object has no attribute of that name.</summary>
    bool TryGetAttribute(string name, out object? value);
}
