using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serving.Scoring.Features;

/// <summary>
/// The names and order of the values in a <see cref="FeatureVector"/>: numbers first, categories after them. A trained model is
/// bound to the schema it saw; <see cref="Fingerprint"/> tells whether it may score vectors of today's schema.
/// </summary>
public sealed class FeatureSchema
{
    public FeatureSchema(IReadOnlyList<string> numbers, IReadOnlyList<string> categories)
        : this(numbers, categories, $"{string.Join(',', numbers)};{string.Join(',', categories)}")
    {
    }

    private FeatureSchema(IReadOnlyList<string> numbers, IReadOnlyList<string> categories, string signature)
    {
        Numbers = numbers;
        Categories = categories;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(signature)));
    }

    public IReadOnlyList<string> Numbers { get; }

    public IReadOnlyList<string> Categories { get; }

    /// <summary>SHA-256 over names and order, and over types and allowed ranges where they are declared, in lower-case hexadecimal.</summary>
    public string Fingerprint { get; }

    /// <summary>The schema of declared features: numbers, then categories and booleans, each in the order declared.</summary>
    public static FeatureSchema Of(IReadOnlyList<DeclaredFeature> features) => new(
        [.. features.Where(feature => feature.Kind is FeatureKind.Number).Select(feature => feature.Name)],
        [.. features.Where(feature => feature.Kind is not FeatureKind.Number).Select(feature => feature.Name)],
        string.Join('\n', features.Select(feature => string.Create(
            CultureInfo.InvariantCulture, $"{feature.Name}\t{feature.Type}\t{feature.Kind}\t{feature.Minimum:R}\t{feature.Maximum:R}"))));
}
