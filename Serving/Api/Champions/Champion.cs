using Serving.Registry;
using Serving.Scoring.Learning;

namespace Serving.Api.Champions;

/// <summary>The champion as the registry describes it, and its scorer; the two are always of one version.</summary>
internal sealed record Champion(RegisteredModel Model, IScorer Scorer)
{
    // of the ten bins of the measured scores
    private const int FirstMedium = 5;
    private const int FirstHigh = 8;

    private readonly (double Medium, double High) _bounds = (Bound(Model, FirstMedium), Bound(Model, FirstHigh));

    /// <summary>Where a score stands among those measured: the upper fifth is high, the lower half low.</summary>
    public string BandOf(double score) => score >= _bounds.High ? "high" : score >= _bounds.Medium ? "medium" : "low";

    /// <summary>Halfway between the mean scores of two neighbouring bins.</summary>
    private static double Bound(RegisteredModel model, int bin) => model.Metrics?.Calibration is { } bins && bins.Count > bin
        ? (bins[bin - 1].MeanScore + bins[bin].MeanScore) / 2
        : bin * 0.1;
}
