namespace Serving.Scoring.Evaluation;

/// <param name="Count">Examples evaluated.</param>
/// <param name="Positives">How many of them carry the label.</param>
/// <param name="Auc">Area under the ROC curve; ties count one half.</param>
/// <param name="LogLoss">Mean negative log-likelihood in nats.</param>
/// <param name="Brier">Mean squared difference of score and label.</param>
/// <param name="Calibration">Ten bins of equal size, lowest scores first.</param>
/// <param name="PrAuc">Average precision: the area under the curve of precision over recall.</param>
public sealed record Metrics(
    int Count, int Positives, double Auc, double LogLoss, double Brier, IReadOnlyList<CalibrationBin> Calibration, double PrAuc = double.NaN)
{
    /// <summary>Expected calibration error: the mean distance of promised and observed rate over the bins.</summary>
    public double Ece => Count == 0 ? double.NaN : Calibration.Sum(bin => bin.Count * Math.Abs(bin.MeanScore - bin.ObservedRate)) / Count;

    /// <summary>
    /// The <see cref="Ece"/> that chance alone gives a perfectly calibrated model on as many examples: the mean absolute deviation of a normal
    /// distribution is sqrt(2/pi) of its standard deviation.
    /// </summary>
    public double EceOfChance => Count == 0 ? double.NaN : Calibration.Sum(
        bin => bin.Count * Math.Sqrt(2 / Math.PI * bin.MeanScore * (1 - bin.MeanScore) / bin.Count)) / Count;
}
