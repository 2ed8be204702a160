using Microsoft.Extensions.Logging;

namespace Serving.Training.Telemetry;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Read {Examples} examples from {Relation}; the label of {Ripe} is ripe")]
    public static partial void Extracted(ILogger logger, int examples, string relation, int ripe);

    [LoggerMessage(
        2, LogLevel.Information,
        "The {Learner} reaches AUC {Auc:0.0000}, log loss {LogLoss:0.0000}, calibration error {Ece:0.0000} on {HeldOut} examples of the final test set")]
    public static partial void Evaluated(ILogger logger, string learner, double auc, double logLoss, double ece, int heldOut);

    [LoggerMessage(
        10, LogLevel.Information,
        "Trained on what was before {From:yyyy-MM-dd}, the {Learner} reaches AUC {Auc:0.0000}, log loss {LogLoss:0.0000}, calibration error {Ece:0.0000} on " +
        "{Later} examples after it")]
    public static partial void EvaluatedLater(ILogger logger, string learner, double auc, double logLoss, double ece, int later, DateTime from);

    [LoggerMessage(11, LogLevel.Warning, "Prediction {Prediction} is not trained: {Reason}")]
    public static partial void Skipped(ILogger logger, string prediction, string reason);

    [LoggerMessage(13, LogLevel.Information, "A {Learner} waits as a candidate until it is promoted: {Verdict}")]
    public static partial void Waiting(ILogger logger, string learner, string verdict);

    [LoggerMessage(14, LogLevel.Warning, "Feature {Feature} has moved since model {Version} was trained: its population stability index is {Psi:0.00}")]
    public static partial void Drifted(ILogger logger, string feature, double psi, int version);

    [LoggerMessage(12, LogLevel.Information, "Training prediction {Prediction}")]
    public static partial void Started(ILogger logger, string prediction);

    [LoggerMessage(3, LogLevel.Information, "Model {Version} ({Learner}, AUC {Auc:0.0000}) is the champion now")]
    public static partial void Promoted(ILogger logger, int version, string learner, double auc);

    [LoggerMessage(4, LogLevel.Information, "Nothing has changed since the last training: model {Version} stays champion")]
    public static partial void Unchanged(ILogger logger, int version);

    [LoggerMessage(5, LogLevel.Information, "Model {Version} stays champion: the best of the new models has {Verdict}")]
    public static partial void Kept(ILogger logger, int version, string verdict);

    [LoggerMessage(6, LogLevel.Warning, "The champion (model {Version}) cannot be used any more: {Reason}")]
    public static partial void ChampionUnusable(ILogger logger, int version, string reason);

    [LoggerMessage(7, LogLevel.Error, "{Task} failed: {Reason}")]
    public static partial void Failed(ILogger logger, string task, string reason);

    [LoggerMessage(8, LogLevel.Warning, "{Task} was stopped before it ended; nothing of it was kept")]
    public static partial void Cancelled(ILogger logger, string task);

    [LoggerMessage(9, LogLevel.Warning, "The {Learner} could not learn from the examples: {Reason}")]
    public static partial void LearnerFailed(ILogger logger, string learner, string reason);

    [LoggerMessage(
        15, LogLevel.Information,
        "Scored {Scored} open rows of {Prediction}: {Written} scores in serving.scores are new or have changed, {Removed} are no longer open")]
    public static partial void Scored(ILogger logger, long scored, string prediction, int written, int removed);

    [LoggerMessage(
        16, LogLevel.Warning,
        "The open rows of {Prediction} are not scored, because its champion (model {Version}) cannot be used: {Reason}. Promote or train another model")]
    public static partial void NotScored(ILogger logger, string prediction, int version, string reason);

    [LoggerMessage(17, LogLevel.Information, "The open rows of {Prediction} are not scored: it has no champion yet")]
    public static partial void NoChampion(ILogger logger, string prediction);

    [LoggerMessage(18, LogLevel.Warning, "Prediction {Prediction} is not scored: {Reason}")]
    public static partial void ScoringSkipped(ILogger logger, string prediction, string reason);

    [LoggerMessage(
        19, LogLevel.Warning,
        "{Refused} open rows of {Prediction} have no score, because a value is outside of a range that is declared with 'out_of_range: refuse'; the first is " +
        "{Entity}, by its {Feature}")]
    public static partial void Refused(ILogger logger, int refused, string prediction, string entity, string feature);

    [LoggerMessage(20, LogLevel.Warning, "Model {Version} of {Prediction} is beyond the limits of {Measures}: a new one is trained")]
    public static partial void WornOut(ILogger logger, int version, string prediction, string measures);
}
