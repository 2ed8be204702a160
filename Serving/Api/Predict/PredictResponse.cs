using Serving.Scoring.Learning;

namespace Serving.Api.Predict;

/// <param name="Score">The calibrated probability that the lead becomes a customer.</param>
/// <param name="Reasons">What moves this lead's log-odds away from the average lead's, the largest first.</param>
internal sealed record PredictResponse(long ContactId, double Score, int ModelVersion, string Learner, IReadOnlyList<Reason> Reasons);
