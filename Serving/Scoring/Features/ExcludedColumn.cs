namespace Serving.Scoring.Features;

/// <summary>A column that no model may look at.</summary>
/// <param name="Reason">Why, for people.</param>
public sealed record ExcludedColumn(string Name, string Reason);
