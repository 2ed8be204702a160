using Serving.Scoring.Features;

namespace Serving.Scoring.Tests;

public sealed class DriftTests
{
    private static readonly PredictionDeclaration s_declaration = PredictionDeclaration.Parse(
        """
        {"name":"p","description":"","target":"t","schema":"s","is_fixed_schema":false,"relation":"r","entity":[{"name":"id","type":"integer"}],
         "label":{"name":"y","type":"boolean"},"positive":[],"excluded":[],
         "features":[{"name":"calls","type":"integer","kind":"number"},{"name":"source","type":"text","kind":"category"}]}
        """);

    [Fact]
    public void What_has_not_moved_has_no_drift()
    {
        var drift = FeatureDrift.Of(Profile(), s_declaration, Vectors(seed: 2));

        drift.ShouldAllBe(one => one.Psi < 0.05);
    }

    [Fact]
    public void A_column_that_is_a_thousand_times_larger_and_a_new_level_are_seen()
    {
        var drift = FeatureDrift.Of(Profile(), s_declaration, [.. Vectors(seed: 2).Select(vector => new FeatureVector([vector.Numbers[0] * 1000], ["TikTok"]))]);

        drift.Select(one => one.Feature).ShouldBe(["calls", "source"], ignoreOrder: true);
        drift.ShouldAllBe(one => one.Psi > 1);
    }

    [Fact]
    public void Values_that_went_missing_are_seen()
    {
        var vectors = Vectors(seed: 2).Select((vector, i) => i % 2 == 0 ? vector : new FeatureVector([double.NaN], vector.Categories)).ToList();

        FeatureDrift.Of(Profile(), s_declaration, vectors)[0].ShouldSatisfyAllConditions(
            first => first.Feature.ShouldBe("calls"), first => first.Psi.ShouldBeGreaterThan(FeatureDrift.Large));
    }

    private static IReadOnlyList<FeatureProfile> Profile() =>
        FeatureProfile.Of(s_declaration, [.. Vectors(seed: 1).Select((vector, i) => new Example(i, vector, false))]);

    private static List<FeatureVector> Vectors(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 5000).Select(_ => new FeatureVector([random.Next(100)], [random.Next(3) == 0 ? "Google" : "Meta"]))];
    }
}
