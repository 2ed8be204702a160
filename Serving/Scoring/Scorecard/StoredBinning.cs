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

    /// <exception cref="InvalidDataException">The schema has no such feature, or neither edges nor levels are there.</exception>
    public IBinning Restore(FeatureSchema schema) => this switch
    {
        { Edges: { } edges } => new NumberBinning(Feature, Place(schema.Numbers), edges),
        { Levels: { } levels } => new CategoryBinning(Feature, Place(schema.Categories), levels),
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
