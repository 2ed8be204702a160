namespace Serving.Scoring.Evaluation;

/// <summary>Where a score stands among those of the final test set: the upper fifth is high, the lower half low.</summary>
public sealed class ScoreBands(Metrics? metrics)
{
    // of the ten bins of the measured scores
    private const int FirstMedium = 5;
    private const int FirstHigh = 8;

    private readonly (double Medium, double High) _bounds = (Bound(metrics, FirstMedium), Bound(metrics, FirstHigh));

    /// <returns>'high', 'medium' or 'low'.</returns>
    public string Of(double score) => score >= _bounds.High ? "high" : score >= _bounds.Medium ? "medium" : "low";

    /// <summary>Halfway between the mean scores of two neighbouring bins.</summary>
    private static double Bound(Metrics? metrics, int bin) => metrics?.Calibration is { } bins && bins.Count > bin
        ? (bins[bin - 1].MeanScore + bins[bin].MeanScore) / 2
        : bin * 0.1;
}
