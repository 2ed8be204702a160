using Serving.Registry;
using Serving.Scoring.Evaluation;
using Serving.Scoring.Features;

namespace Serving.Api.Registry;

/// <param name="Verdict">Why the model has its status.</param>
/// <param name="Metrics">On the final test set; null where the stored ones cannot be read.</param>
/// <param name="Evaluation">All that was measured; null for models of earlier versions.</param>
/// <param name="Sha256">Of the artifact.</param>
/// <param name="Features">What the model's inputs were in training.</param>
internal sealed record ModelResponse(
    int Version, string Learner, ModelStatus Status, string Verdict, DateTimeOffset CreatedAt, Metrics? Metrics, EvaluationReport? Evaluation, string Sha256,
    string Parameters, IReadOnlyList<FeatureProfile> Features, DateTimeOffset? ChangedAt, string? ChangedBy)
{
    public static ModelResponse Of(RegisteredModel model) => new(
        model.Version, model.Learner, model.Status, model.Verdict, model.CreatedAt, model.Metrics, model.Evaluation, model.Sha256, model.Parameters,
        model.Features, model.ChangedAt, model.ChangedBy);
}
