namespace Serving.Scoring.Evaluation;

/// <param name="Count">Examples evaluated.</param>
/// <param name="Positives">How many of them carry the label.</param>
/// <param name="Auc">Area under the ROC curve; ties count one half.</param>
/// <param name="LogLoss">Mean negative log-likelihood in nats.</param>
/// <param name="Brier">Mean squared difference of score and label.</param>
/// <param name="Calibration">Ten bins of equal size, lowest scores first.</param>
public sealed record Metrics(int Count, int Positives, double Auc, double LogLoss, double Brier, IReadOnlyList<CalibrationBin> Calibration);
