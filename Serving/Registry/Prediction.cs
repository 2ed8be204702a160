namespace Serving.Registry;

/// <summary>A score as it was given.</summary>
/// <param name="ScoredAt">When, in UTC.</param>
/// <param name="Name">The declared prediction.</param>
/// <param name="Entity">Whose: the key of its entity, several columns joined by '/'.</param>
/// <param name="ModelVersion">The version of the champion that gave it.</param>
/// <param name="Probability">From 0 to 1.</param>
public readonly record struct Prediction(DateTimeOffset ScoredAt, string Name, string Entity, int ModelVersion, double Probability);
