using Serving.Scoring.Features;

namespace Serving.Scoring.Scorecard;

/// <param name="Intercept">The calibrated log-odds of an average example of the training data.</param>
/// <param name="Terms">What each value adds to it; every term's mean over the training data is 0.</param>
internal sealed record ScorecardModel(FeatureSchema Schema, double Intercept, IReadOnlyList<Term> Terms);
