namespace Serving.Scoring.Features;

/// <summary>How far a feature has moved since a model was trained.</summary>
/// <param name="Psi">
/// The population stability index over the bins or levels of training and the missing values: up to 0.1 little has moved, above 0.25 much.
/// </param>
public sealed record FeatureDrift(string Feature, double Psi)
{
    /// <summary>From here on a feature counts as drifted.</summary>
    public const double Large = 0.25;

    // an empty bin would make the index infinite
    private const double SmallestShare = 1e-4;

    /// <summary>The drift of each feature that is in both, the largest first.</summary>
    /// <param name="trained">What the features were in training.</param>
    /// <param name="vectors">What they are now.</param>
    public static IReadOnlyList<FeatureDrift> Of(
        IReadOnlyList<FeatureProfile> trained, PredictionDeclaration declaration, IReadOnlyCollection<FeatureVector> vectors)
    {
        if (vectors.Count == 0)
            return [];
        var schema = declaration.FeatureSchema;
        var drifts = new List<FeatureDrift>();
        foreach (var profile in trained)
        {
            if (schema.Numbers.ToList().IndexOf(profile.Name) is var number and >= 0)
                drifts.Add(new FeatureDrift(profile.Name, OfNumber(profile, [.. vectors.Select(vector => vector.Numbers[number])])));
            else if (schema.Categories.ToList().IndexOf(profile.Name) is var category and >= 0)
                drifts.Add(new FeatureDrift(profile.Name, OfCategory(profile, [.. vectors.Select(vector => vector.Categories[category])])));
        }

        return [.. drifts.OrderByDescending(drift => drift.Psi).ThenBy(drift => drift.Feature, StringComparer.Ordinal)];
    }

    private static double OfNumber(FeatureProfile profile, double[] values)
    {
        double[] known = [.. values.Where(value => !double.IsNaN(value))];
        var now = FeatureProfile.SharesOf(profile.Edges, known, values.Length);
        return Index(profile.Missing, 1 - known.Length / (double)values.Length) + profile.Shares.Zip(now, Index).Sum();
    }

    private static double OfCategory(FeatureProfile profile, string?[] values)
    {
        var counts = values.OfType<string>().CountBy(value => value, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        double Share(string level) => counts.GetValueOrDefault(level) / (double)values.Length;

        var missing = values.Count(value => value is null) / (double)values.Length;
        var other = 1 - missing - profile.Levels.Keys.Sum(Share);
        return Index(profile.Missing, missing) + Index(1 - profile.Missing - profile.Levels.Values.Sum(), other)
            + profile.Levels.Sum(level => Index(level.Value, Share(level.Key)));
    }

    private static double Index(double before, double now)
    {
        var (one, other) = (Math.Max(before, SmallestShare), Math.Max(now, SmallestShare));
        return (other - one) * Math.Log(other / one);
    }
}
