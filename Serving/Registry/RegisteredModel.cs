using Serving.Scoring.Evaluation;
using Serving.Scoring.Features;

namespace Serving.Registry;

/// <summary>A stored model without its artifact.</summary>
/// <param name="Version">Counts up over all models of the registry.</param>
/// <param name="Metrics">On the final test set; null where the stored ones cannot be read.</param>
/// <param name="Evaluation">All that was measured; null for models of earlier versions, and where the stored one cannot be read.</param>
/// <param name="SchemaFingerprint">Which features it reads (<c>FeatureSchema.Fingerprint</c>).</param>
/// <param name="TrainingFingerprint">What it was trained from: examples, learners and settings.</param>
/// <param name="Verdict">Why it has its status, in one line.</param>
/// <param name="Sha256">Of the artifact, in lower-case hexadecimal; empty for models of earlier versions.</param>
/// <param name="Features">What its inputs were in training; empty for models of earlier versions.</param>
/// <param name="Parameters">The hyper-parameters of its learner.</param>
/// <param name="ChangedBy">Who changed its status last, at <paramref name="ChangedAt"/>; null where only training has set it.</param>
public sealed record RegisteredModel(
    int Version,
    string Learner,
    ModelStatus Status,
    Metrics? Metrics,
    EvaluationReport? Evaluation,
    string SchemaFingerprint,
    string TrainingFingerprint,
    string Verdict,
    DateTimeOffset CreatedAt,
    string Sha256,
    IReadOnlyList<FeatureProfile> Features,
    string Parameters,
    DateTimeOffset? ChangedAt,
    string? ChangedBy);
