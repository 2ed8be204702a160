using Serving.Scoring.Evaluation;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Registry;

/// <summary>A freshly trained and evaluated model, and what the gates say of it.</summary>
/// <param name="Features">What its inputs were in training.</param>
public sealed record Candidate(
    ILearner Learner, IScorer Scorer, Metrics Metrics, EvaluationReport Evaluation, ModelStatus Status, string Verdict, IReadOnlyList<FeatureProfile> Features);
