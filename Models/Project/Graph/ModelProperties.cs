namespace Models.Project.Graph;

/// <summary>
/// What properties files say of a model beyond what every relation has: its typed properties. A new one is declared here, read in
/// <c>ModelDescriptionReader</c>, and gets a line in <see cref="TypedProperties"/>.
/// </summary>
public sealed record ModelProperties
{
    public static ModelProperties None { get; } = new();

    /// <summary>Constraints declared on the model as a whole.</summary>
    public IReadOnlyList<ConstraintDefinition> Constraints { get; init; } = [];

    /// <summary>The deprecation date as written, or null.</summary>
    public string? DeprecationDate { get; init; }

    /// <summary>The <c>time_spine</c> as written, for packages that read it.</summary>
    public object? TimeSpine { get; init; }
}
