using Serving.Scoring.Features;

namespace Serving.Training.Extraction;

/// <summary>What is known of one entity.</summary>
/// <param name="Key">The number that the splits are drawn from.</param>
/// <param name="Label">Whether the outcome has come, at any time.</param>
/// <param name="Outcome">When; null where it has not come, or no time is declared.</param>
public sealed record Observation(long Key, FeatureVector Features, bool Label, DateTime? Outcome);
