using Serving.Features;
using Serving.Scoring.Features;

namespace Serving.Api.Served;

/// <summary>What is to be scored: entities by their keys, or values that come with the request.</summary>
/// <param name="Keys">Of one entity, or of several where <paramref name="IsMany"/>; empty where there are <paramref name="Features"/>.</param>
/// <param name="IsMany">Whether the request holds a list, which is answered with a list.</param>
/// <param name="Features">The values to score in place of an entity's.</param>
/// <param name="Reasons">How many reasons to return at most; the configured number where it is left out.</param>
internal sealed record PredictRequest(IReadOnlyList<EntityKey> Keys, bool IsMany, FeatureVector? Features, int? Reasons);
