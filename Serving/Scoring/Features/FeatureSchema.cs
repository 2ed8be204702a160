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
    {
        Numbers = numbers;
        Categories = categories;
        var text = $"{string.Join(',', numbers)};{string.Join(',', categories)}";
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public IReadOnlyList<string> Numbers { get; }

    public IReadOnlyList<string> Categories { get; }

    /// <summary>SHA-256 over names and order, in lower-case hexadecimal.</summary>
    public string Fingerprint { get; }
}
