namespace Serving.Scoring.Features;

/// <summary>One example's values in the order of its <see cref="FeatureSchema"/>.</summary>
/// <param name="Numbers">NaN stands for a missing value.</param>
/// <param name="Categories">Null stands for a missing value.</param>
/// <param name="Decided">When the prediction is made; no feature, but its week has a level. Null for now.</param>
public sealed record FeatureVector(double[] Numbers, string?[] Categories, DateTime? Decided = null);
