using System.Text.Json;
using System.Text.Json.Serialization;
using Serving.Scoring.Features;

namespace Serving.Scoring.Scorecard;

/// <summary>The stored form of a scorecard: JSON, so that a card can be read by people too. Numbers round-trip exactly.</summary>
internal static partial class ScorecardFile
{
    private const int Version = 1;

    public static void Write(ScorecardModel model, Stream destination) =>
        JsonSerializer.Serialize(
            destination,
            new StoredCard(Version, model.Schema.Fingerprint, model.Intercept, [.. model.Terms.Select(Stored)]),
            Json.Default.StoredCard);

    /// <exception cref="InvalidDataException">Not a scorecard of this version and schema.</exception>
    public static ScorecardModel Read(FeatureSchema schema, Stream source)
    {
        StoredCard card;
        try
        {
            card = JsonSerializer.Deserialize(source, Json.Default.StoredCard) ?? throw new InvalidDataException("The stored scorecard is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The stored scorecard cannot be read: {exception.Message}", exception);
        }

        if (card.Version != Version)
            throw new InvalidDataException($"The stored scorecard has format {card.Version}; this program reads format {Version}.");
        if (card.Schema != schema.Fingerprint)
            throw new InvalidDataException("The stored scorecard was trained on other features than this program has.");
        return new ScorecardModel(schema, card.Intercept, [.. card.Terms.Select(term => Restored(schema, term))]);
    }

    private static StoredTerm Stored(Term term) => new(Stored(term.Row), term.Weights, term.Column is null ? null : Stored(term.Column));

    private static StoredBinning Stored(IBinning binning) => binning switch
    {
        NumberBinning number => new StoredBinning(number.Feature, Edges: number.Edges),
        CategoryBinning category => new StoredBinning(category.Feature, Levels: category.Levels),
        _ => throw new NotSupportedException($"{binning.GetType()} has no stored form."),
    };

    private static Term Restored(FeatureSchema schema, StoredTerm term)
    {
        var row = Restored(schema, term.Row);
        var column = term.Column is null ? null : Restored(schema, term.Column);
        return term.Weights.Length == Term.Cells(row, column)
            ? new Term(row, column, term.Weights)
            : throw new InvalidDataException($"The stored scorecard has {term.Weights.Length} weights for '{row.Feature}' where its bins need {Term.Cells(row, column)}.");
    }

    private static IBinning Restored(FeatureSchema schema, StoredBinning binning) => binning switch
    {
        { Edges: { } edges } => new NumberBinning(binning.Feature, Place(schema.Numbers, binning.Feature), edges),
        { Levels: { } levels } => new CategoryBinning(binning.Feature, Place(schema.Categories, binning.Feature), levels),
        _ => throw new InvalidDataException($"The stored scorecard has neither edges nor levels for '{binning.Feature}'."),
    };

    private static int Place(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        throw new InvalidDataException($"The stored scorecard uses the feature '{name}', which this program does not have.");
    }

    private sealed record StoredCard(int Version, string Schema, double Intercept, StoredTerm[] Terms);

    private sealed record StoredTerm(StoredBinning Row, double[] Weights, StoredBinning? Column = null);

    private sealed record StoredBinning(string Feature, double[]? Edges = null, string[]? Levels = null);

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(StoredCard))]
    private sealed partial class Json : JsonSerializerContext;
}
