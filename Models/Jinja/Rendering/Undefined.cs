namespace Models.Jinja.Rendering;

/// <summary>What a name, attribute or item that does not exist evaluates to. What may be done with it is the rendering's
/// <see cref="UndefinedBehaviour"/>.</summary>
/// <param name="name">The name that was looked up.</param>
/// <param name="description">What is missing, for messages: <c>'x' is undefined</c>.</param>
public sealed class Undefined(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>True for one that may be printed whatever the rendering's behaviour is.</summary>
    internal bool IsPrintable { get; init; }

    public static Undefined OfName(string name) => new(name, $"'{name}' is undefined");

    /// <summary>Prints as nothing.</summary>
    public override string ToString() => "";
}
