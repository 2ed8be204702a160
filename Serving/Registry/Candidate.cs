using Serving.Scoring.Evaluation;
using Serving.Scoring.Learning;

namespace Serving.Registry;

/// <summary>A freshly trained and evaluated model, and what the gates say of it.</summary>
public sealed record Candidate(ILearner Learner, IScorer Scorer, Metrics Metrics, EvaluationReport Evaluation, ModelStatus Status, string Verdict);
