namespace Serving.Scoring.Scorecard;

/// <summary>
/// Maps raw log-odds to calibrated ones by a line fitted to held-out examples (J. Platt, Probabilistic outputs for support vector
/// machines, 1999), by Newton's method.
/// </summary>
internal sealed record PlattCalibration(double Slope, double Offset)
{
    private const int MaximumIterations = 50;
    private const double Tolerance = 1e-10;

    public static PlattCalibration Fit(double[] logOdds, bool[] labels)
    {
        double slope = 1, offset = 0;
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            // the pull of 1 keeps the step finite where a few examples are told apart perfectly
            double gradientSlope = slope - 1, gradientOffset = 0, curveSlope = 1, curveBoth = 0, curveOffset = 1e-9;
            for (var i = 0; i < logOdds.Length; i++)
            {
                var probability = Logistic.Probability(slope * logOdds[i] + offset);
                var miss = probability - (labels[i] ? 1 : 0);
                var curve = probability * (1 - probability);
                gradientSlope += miss * logOdds[i];
                gradientOffset += miss;
                curveSlope += curve * logOdds[i] * logOdds[i];
                curveBoth += curve * logOdds[i];
                curveOffset += curve;
            }

            var determinant = curveSlope * curveOffset - curveBoth * curveBoth;
            var stepSlope = (curveOffset * gradientSlope - curveBoth * gradientOffset) / determinant;
            var stepOffset = (curveSlope * gradientOffset - curveBoth * gradientSlope) / determinant;
            slope -= stepSlope;
            offset -= stepOffset;
            if (Math.Abs(stepSlope) + Math.Abs(stepOffset) < Tolerance)
                break;
        }

        return new PlattCalibration(slope, offset);
    }
}
