using Serving.Scoring.Features;

namespace Serving.Scoring.Scorecard;

/// <summary>The bins of all features of a schema, cut from the examples.</summary>
internal static class Binnings
{
    public static IReadOnlyList<IBinning> Numbers(FeatureSchema schema, IReadOnlyList<Example> examples, int bins) =>
        [.. schema.Numbers.Select((name, index) => NumberBinning.Quantiles(name, index, examples.Select(example => example.Features.Numbers[index]), bins))];

    public static IReadOnlyList<IBinning> Categories(FeatureSchema schema, IReadOnlyList<Example> examples, int minimumLevel) =>
        [.. schema.Categories.Select(
            (name, index) => CategoryBinning.Frequent(name, index, examples.Select(example => example.Features.Categories[index]), minimumLevel))];
}
