using Serving.Scoring.Features;

namespace Serving.Features;

/// <summary>One entity's row of a feature table.</summary>
/// <param name="Label">What became of it; null where the row does not say.</param>
/// <param name="AsOf">When what the row holds was known; null where no time is declared.</param>
/// <param name="Outcome">When that came; null where it has not, or no time is declared.</param>
public sealed record FeatureRow(EntityKey Entity, FeatureVector Features, bool? Label, DateTime? Outcome, DateTime? AsOf = null);
