namespace Models.Jinja.Rendering;

/// <summary>A host object that can be added to or subtracted from, such as a date.</summary>
public interface IJinjaArithmetic
{
    /// <summary>This plus the other; null where that has no meaning.</summary>
    object? Add(object? other);

    /// <summary>This minus the other; null where that has no meaning.</summary>
    object? Subtract(object? other);
}
