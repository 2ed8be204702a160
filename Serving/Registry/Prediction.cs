namespace Serving.Registry;

/// <summary>A score as it was given.</summary>
/// <param name="ScoredAt">When, in UTC.</param>
/// <param name="ContactId">Whose.</param>
/// <param name="ModelVersion">The version of the champion that gave it.</param>
/// <param name="Probability">From 0 to 1.</param>
public readonly record struct Prediction(DateTimeOffset ScoredAt, long ContactId, int ModelVersion, double Probability);
