using Serving.Scoring.Features;

namespace Serving.Scoring.Tests;

/// <summary>Examples drawn from a known law: a hump in one number, a rising other one that may be missing, a category, and noise.</summary>
internal static class SampleExamples
{
    public static FeatureSchema Schema { get; } = new(["hump", "rising", "noise"], ["source"]);

    public static List<Example> Draw(int count, int seed = 1)
    {
        var random = new Random(seed);
        var examples = new List<Example>(count);
        for (var i = 0; i < count; i++)
        {
            var features = Vector(random.NextDouble() * 10, random.Next(10) == 0 ? double.NaN : random.NextDouble(), random.NextDouble(), s_sources[random.Next(s_sources.Length)]);
            examples.Add(new Example(1000 + i, features, random.NextDouble() < Probability(features)));
        }

        return examples;
    }

    public static FeatureVector Vector(double hump, double rising, double noise, string? source) => new([hump, rising, noise], [source]);

    /// <summary>The law: what a perfect model would answer.</summary>
    public static double Probability(FeatureVector features)
    {
        var hump = features.Numbers[0] is > 4 and < 7 ? 2.5 : -1.5;
        var rising = double.IsNaN(features.Numbers[1]) ? 1 : 2 * features.Numbers[1] - 1;
        var source = features.Categories[0] switch { "Google" => 0.8, null => -0.5, _ => 0 };
        return 1 / (1 + Math.Exp(-(hump + rising + source - 0.5)));
    }

    private static readonly string?[] s_sources = ["Google", "Meta", "Other", null];
}
