namespace Serving.Scoring.Calibration;

/// <summary>How many of the outcomes have come so many days after the decision, of all that come within the label's window.</summary>
public sealed class LagCurve
{
    private const int Iterations = 200;

    // by day, ascending to 1
    private readonly double[] _shares;

    private LagCurve(double[] shares) => _shares = shares;

    /// <summary>
    /// Estimates the curve from all outcomes, also those of entities of whom only a part of the window has been seen so far, or was seen at all.
    /// An outcome counts by how likely it was to be seen (B. Efron and V. Petrosian, Nonparametric methods for doubly truncated data, 1999).
    /// </summary>
    /// <param name="lags">The lag of each outcome, and the days after the decision from which and up to which its entity was watched.</param>
    /// <param name="window">The label's window in days.</param>
    public static LagCurve Fit(IReadOnlyList<SeenLag> lags, int window)
    {
        var counts = new double[window + 1];
        var watched = lags.CountBy(lag => (From: Math.Clamp(lag.From, 0, window), To: Math.Clamp(lag.To, 0, window))).ToArray();
        foreach (var lag in lags)
            counts[Math.Clamp(lag.Days, 0, window)]++;

        var density = new double[window + 1];
        Array.Fill(density, 1.0 / (window + 1));
        for (var iteration = 0; iteration < Iterations && lags.Count > 0; iteration++)
        {
            var chances = new double[window + 1];
            foreach (var ((from, to), count) in watched)
            {
                var seen = 0.0;
                for (var day = from; day <= to; day++)
                    seen += density[day];
                for (var day = from; day <= to && seen > 0; day++)
                    chances[day] += count / seen;
            }

            for (var day = 0; day <= window; day++)
                density[day] = chances[day] > 0 ? counts[day] / chances[day] : 0;
            var sum = density.Sum();
            for (var day = 0; day <= window; day++)
                density[day] /= sum;
        }

        var shares = new double[window + 1];
        for (var day = 0; day <= window; day++)
            shares[day] = Math.Min(1, density[day] + (day > 0 ? shares[day - 1] : 0));
        shares[window] = 1;
        return new LagCurve(shares);
    }

    /// <summary>The share of the outcomes that come from one day after the decision to another, from 0 to 1.</summary>
    public double Share(int from, int to) => Math.Max(0, At(to) - At(from - 1));

    /// <summary>The days within which this share of the outcomes come.</summary>
    public int DaysFor(double share)
    {
        var day = Array.FindIndex(_shares, reached => reached >= share);
        // a lag of 23 days and some hours needs a window of 24
        return day < 0 ? _shares.Length : day + 1;
    }

    private double At(int day) => day < 0 ? 0 : _shares[Math.Min(day, _shares.Length - 1)];
}

/// <summary>An outcome that was seen.</summary>
/// <param name="Days">Whole days from the decision to the outcome.</param>
/// <param name="From">The first day after the decision on which it would have been seen.</param>
/// <param name="To">The last day after the decision on which it would have been seen.</param>
public readonly record struct SeenLag(int Days, int From, int To);
