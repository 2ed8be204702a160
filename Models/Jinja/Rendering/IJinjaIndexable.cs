namespace Models.Jinja.Rendering;

/// <summary>A host object with items: <c>{{ x['name'] }}</c>, <c>{{ x[0] }}</c>. One that also is an
/// <see cref="IEnumerable{T}"/> of object can be looped over; an <see cref="IReadOnlyCollection{T}"/> of object has a length.</summary>
public interface IJinjaIndexable
{
    /// <summary>Gets an item; returns false if the object has no such key.</summary>
    bool TryGetItem(object? key, out object? value);
}
