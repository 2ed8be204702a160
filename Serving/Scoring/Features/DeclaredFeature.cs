namespace Serving.Scoring.Features;

/// <param name="Type">PostgreSQL's name of the column's type, without modifiers.</param>
/// <param name="Minimum">The lowest value that is allowed; null where there is no bound.</param>
/// <param name="Maximum">The highest value that is allowed; null where there is no bound.</param>
public sealed record DeclaredFeature(
    string Name,
    string Type,
    FeatureKind Kind,
    FeatureRole Role = FeatureRole.Input,
    double? Minimum = null,
    double? Maximum = null,
    OutOfRangePolicy OutOfRange = OutOfRangePolicy.Flag);

public enum FeatureKind
{
    Number,
    Category,
    Boolean,
}

public enum FeatureRole
{
    Input,

    /// <summary>An input for each of whose values a model is judged too.</summary>
    Slice,
}

/// <summary>What happens to a value outside of the allowed range.</summary>
public enum OutOfRangePolicy
{
    /// <summary>It is scored, and the answer says so.</summary>
    Flag,

    /// <summary>The request is refused.</summary>
    Refuse,
}
