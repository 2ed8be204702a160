using Serving.Scoring.Features;

namespace Serving.Scoring.Scorecard;

/// <summary>The stored form of a binning: edges for a number, levels for a category.</summary>
internal sealed record StoredBinning(string Feature, double[]? Edges = null, string[]? Levels = null)
{
    public static StoredBinning Of(IBinning binning) => binning switch
    {
        NumberBinning number => new StoredBinning(number.Feature, Edges: number.Edges),
        CategoryBinning category => new StoredBinning(category.Feature, Levels: category.Levels),
        _ => throw new NotSupportedException($"{binning.GetType()} has no stored form."),
    };

    /// <exception cref="InvalidDataException">
    /// The schema has no such feature, or there are neither edges nor levels, or they are not in the order that a search needs.
    /// </exception>
    public IBinning Restore(FeatureSchema schema) => this switch
    {
        { Edges: { } edges } when edges.All(double.IsFinite) && edges.Zip(edges.Skip(1)).All(pair => pair.First < pair.Second) =>
            new NumberBinning(Feature, Place(schema.Numbers), edges),
        { Levels: { } levels } when !levels.Contains(null) && levels.Zip(levels.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0) =>
            new CategoryBinning(Feature, Place(schema.Categories), levels),
        { Edges: not null } or { Levels: not null } => throw new InvalidDataException($"The stored model's bins of '{Feature}' are not in ascending order."),
        _ => throw new InvalidDataException($"The stored model has neither edges nor levels for '{Feature}'."),
    };

    private int Place(IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == Feature)
                return i;
        }

        throw new InvalidDataException($"The stored model uses the feature '{Feature}', which this program does not have.");
    }
}
