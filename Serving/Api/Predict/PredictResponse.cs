using Serving.Scoring.Learning;

namespace Serving.Api.Predict;

/// <summary>The members of an answer, for the API's description; <see cref="ScoreWriter"/> writes them after the columns of the entity's key.</summary>
/// <param name="Score">The calibrated probability that the outcome comes within the label's window.</param>
/// <param name="Band">Where the score stands among those of the validation examples: the upper fifth is high, the half below the middle low.</param>
/// <param name="Model">The prediction.</param>
/// <param name="Reasons">What moves this entity's log-odds away from the average one's, the largest first.</param>
/// <param name="Converted">Whether the outcome has come already; null where values came with the request.</param>
/// <param name="OutOfRange">The features whose values lie outside of their allowed ranges.</param>
/// <param name="FeaturesAt">When what the score rests on was known; left out where no time is declared.</param>
/// <param name="Stale">Whether that is longer ago than declared; left out where no limit is.</param>
internal sealed record PredictResponse(
    double Score, string Band, string Model, int ModelVersion, string Learner, IReadOnlyList<Reason> Reasons, bool? Converted,
    IReadOnlyList<string> OutOfRange, DateTime? FeaturesAt, bool? Stale);
