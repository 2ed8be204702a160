namespace Serving.Scoring.Features;

/// <summary>Compares values with the ranges that their features declare.</summary>
public static class Ranges
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

    /// <summary>The first feature outside of its range whose declaration says to refuse it.</summary>
    public static DeclaredFeature? Refused(PredictionDeclaration declaration, FeatureVector features) =>
        Outside(declaration, features).FirstOrDefault(feature => feature.OutOfRange is OutOfRangePolicy.Refuse);
}
