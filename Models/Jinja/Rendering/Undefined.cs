namespace Models.Jinja.Rendering;

/// <summary>
/// The value of a name, attribute or item that does not exist. The rendering's <see cref="UndefinedBehaviour"/> decides which operations it allows.
/// </summary>
/// <param name="name">The name that was looked up.</param>
/// <param name="description">What is missing, for messages: <c>'x' is undefined</c>.</param>
public sealed class Undefined(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>True if the value may be printed regardless of the rendering's behaviour.</summary>
    internal bool IsPrintable { get; init; }

    public static Undefined OfName(string name) => new(name, $"'{name}' is undefined");

    /// <summary>Prints as an empty string.</summary>
    public override string ToString() => "";
}
