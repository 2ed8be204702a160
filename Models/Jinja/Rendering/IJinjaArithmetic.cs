namespace Models.Jinja.Rendering;

/// <summary>A host object that can be added to or subtracted from, such as a date.</summary>
public interface IJinjaArithmetic
{
    /// <summary>Adds the other value; returns null if that is not supported.</summary>
    object? Add(object? other);

    /// <summary>Subtracts the other value; returns null if that is not supported.</summary>
    object? Subtract(object? other);
}
