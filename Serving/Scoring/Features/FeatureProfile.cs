namespace Serving.Scoring.Features;

/// <summary>What a feature was in the training data: the schema of a model's inputs, and what later values are compared with.</summary>
/// <param name="Type">PostgreSQL's name of the column's type.</param>
/// <param name="Missing">The share of missing values.</param>
/// <param name="Minimum">The lowest value; null for a category, and where every value is missing.</param>
/// <param name="Edges">The inner edges of ten bins of about equal weight; empty for a category.</param>
/// <param name="Shares">The share of each of these bins, lowest values first; empty for a category.</param>
/// <param name="Levels">The levels of a category, with the share of each; empty for a number.</param>
public sealed record FeatureProfile(
    string Name, string Type, double Missing, double? Minimum, double? Maximum, IReadOnlyList<double> Edges, IReadOnlyList<double> Shares,
    IReadOnlyDictionary<string, double> Levels)
{
    private const int Bins = 10;
    private const int MostLevels = 50;

    public static IReadOnlyList<FeatureProfile> Of(PredictionDeclaration declaration, IReadOnlyList<Example> examples)
    {
        var schema = declaration.FeatureSchema;
        return [.. declaration.Features.Select(feature => feature.Kind is FeatureKind.Number
            ? Number(feature, [.. examples.Select(example => example.Features.Numbers[Place(schema.Numbers, feature.Name)])])
            : Category(feature, [.. examples.Select(example => example.Features.Categories[Place(schema.Categories, feature.Name)])]))];
    }

    private static FeatureProfile Number(DeclaredFeature feature, double[] values)
    {
        var known = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        var edges = known.Length == 0 ? [] : Enumerable.Range(1, Bins - 1).Select(bin => known[(int)((long)known.Length * bin / Bins)]).Distinct().ToArray();
        return new FeatureProfile(
            feature.Name, feature.Type, Share(values.Length - known.Length, values.Length), known.Length == 0 ? null : known[0],
            known.Length == 0 ? null : known[^1], edges, SharesOf(edges, known, values.Length), new Dictionary<string, double>());
    }

    private static FeatureProfile Category(DeclaredFeature feature, string?[] values)
    {
        var levels = values.OfType<string>().CountBy(value => value, StringComparer.Ordinal)
            .OrderByDescending(level => level.Value).ThenBy(level => level.Key, StringComparer.Ordinal).Take(MostLevels)
            .ToDictionary(level => level.Key, level => Share(level.Value, values.Length), StringComparer.Ordinal);
        return new FeatureProfile(feature.Name, feature.Type, Share(values.Count(value => value is null), values.Length), null, null, [], [], levels);
    }

    /// <summary>A value on an edge belongs to the bin above it.</summary>
    internal static double[] SharesOf(IReadOnlyList<double> edges, IEnumerable<double> known, int count)
    {
        var shares = new double[edges.Count + 1];
        foreach (var value in known)
            shares[edges.Count(edge => value >= edge)] += 1.0 / count;
        return shares;
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;

    private static int Place(IReadOnlyList<string> names, string name) => names.ToList().IndexOf(name);
}
