namespace Serving.Scoring.Scorecard;

/// <summary>Weights read from a stored model.</summary>
internal static class StoredWeights
{
    /// <summary>Far above any log-odds that learning gives, and far below what a sum of such weights could overflow at.</summary>
    private const double Largest = 1e6;

    /// <exception cref="InvalidDataException">A weight cannot be one: the model was damaged.</exception>
    public static void Check(IEnumerable<double> weights)
    {
        foreach (var weight in weights)
        {
            // false for NaN too
            if (!(Math.Abs(weight) <= Largest))
                throw new InvalidDataException(FormattableString.Invariant($"The stored model holds {weight} as a weight, in log-odds."));
        }
    }
}
