using Serving.Scoring.Evaluation;

namespace Serving.Registry;

/// <summary>A stored model without its artifact.</summary>
/// <param name="Version">Counts up over all models of the registry.</param>
/// <param name="Metrics">On the final test set; null where the stored ones cannot be read.</param>
/// <param name="Evaluation">All that was measured; null for models of earlier versions, and where the stored one cannot be read.</param>
/// <param name="SchemaFingerprint">Which features it reads (<c>FeatureSchema.Fingerprint</c>).</param>
/// <param name="TrainingFingerprint">What it was trained from: examples, learners and settings.</param>
/// <param name="Verdict">Why it has its status, in one line.</param>
public sealed record RegisteredModel(
    int Version,
    string Learner,
    ModelStatus Status,
    Metrics? Metrics,
    EvaluationReport? Evaluation,
    string SchemaFingerprint,
    string TrainingFingerprint,
    string Verdict,
    DateTimeOffset CreatedAt);
