using Serving.Scoring.Features;

namespace Serving.Api.Served;

/// <summary>Compares values with the ranges that their features declare.</summary>
internal static class Ranges
{
    /// <summary>The features whose values lie outside; a missing value does not.</summary>
    public static IEnumerable<DeclaredFeature> Outside(PredictionDeclaration declaration, FeatureVector features)
    {
        var place = 0;
        foreach (var feature in declaration.Features)
        {
            if (feature.Kind is not FeatureKind.Number)
                continue;
            var value = features.Numbers[place++];
            if (value < feature.Minimum || value > feature.Maximum)
                yield return feature;
        }
    }
}
