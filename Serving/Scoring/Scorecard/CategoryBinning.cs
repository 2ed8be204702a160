using Serving.Scoring.Features;

namespace Serving.Scoring.Scorecard;

/// <summary>Bin 1 holds the levels that were rare or unseen in training, the others one level each.</summary>
/// <param name="Index">The feature's place among the schema's categories.</param>
internal sealed record CategoryBinning(string Feature, int Index, string[] Levels) : IBinning
{
    public int Count => Levels.Length + 2;

    public int FirstOrdered => Count;

    public int Bin(FeatureVector features) => features.Categories[Index] switch
    {
        null => 0,
        var level => Array.BinarySearch(Levels, level, StringComparer.Ordinal) is var place and >= 0 ? place + 2 : 1,
    };

    public string Describe(FeatureVector features) => features.Categories[Index] ?? "missing";

    public static CategoryBinning Frequent(string feature, int index, IEnumerable<string?> values, int minimum)
    {
        var levels = values
            .OfType<string>()
            .GroupBy(level => level, StringComparer.Ordinal)
            .Where(group => group.Count() >= minimum)
            .Select(group => group.Key)
            .Order(StringComparer.Ordinal);
        return new CategoryBinning(feature, index, [.. levels]);
    }
}
