using Serving.Scoring.Evaluation;
using Serving.Registry;

namespace Serving.Api.Registry;

/// <param name="Verdict">Why the model has its status.</param>
/// <param name="Metrics">Measured on held-out leads; null where the stored ones cannot be read.</param>
internal sealed record ModelResponse(int Version, string Learner, ModelStatus Status, string Verdict, DateTimeOffset CreatedAt, Metrics? Metrics)
{
    public static ModelResponse Of(RegisteredModel model) =>
        new(model.Version, model.Learner, model.Status, model.Verdict, model.CreatedAt, model.Metrics);
}
