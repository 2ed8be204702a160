using Serving.Scoring.Features;

namespace Serving.Scoring.Evaluation;

/// <summary>All that was measured of a model. Labels are ripe everywhere: the label's window has passed for each example.</summary>
/// <param name="Validation">On the validation keys, which choose the learner and the champion.</param>
/// <param name="Later">
/// On the period after <paramref name="LaterFrom"/>, by a model of the same learner that was trained on earlier examples alone; without the keys of
/// the final test set. Null where the prediction declares no decision time. It decides whether a model may be champion.
/// </param>
/// <param name="LaterTest">The same on the keys of the final test set, which nothing else touches.</param>
/// <param name="LaterFrom">Where the later period begins.</param>
/// <param name="Levels">The levels of the weeks, oldest first, in log-odds; empty where there are none.</param>
/// <param name="LevelsFrom">Where the first of these weeks begins.</param>
/// <param name="Slices">On the validation keys, for each value of the features declared with the role 'slice'.</param>
/// <param name="SuggestedWindowDays">The days within which 99 of 100 outcomes come; null where no time of the outcome is declared.</param>
/// <param name="Drift">How far the features have moved since the champion of that time was trained; null where there was none to compare with.</param>
public sealed record EvaluationReport(
    Metrics Validation,
    Metrics? Later,
    Metrics? LaterTest,
    DateTime? LaterFrom,
    IReadOnlyList<double> Levels,
    DateTime? LevelsFrom,
    IReadOnlyList<SliceMetrics> Slices,
    int? SuggestedWindowDays = null,
    IReadOnlyList<FeatureDrift>? Drift = null);

/// <param name="Feature">The feature whose values cut the examples.</param>
/// <param name="Value">'missing' where it has none.</param>
public sealed record SliceMetrics(string Feature, string Value, int Count, double Rate, double MeanScore, double LogLoss);
