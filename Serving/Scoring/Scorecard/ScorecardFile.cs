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
            ScorecardJson.Default.StoredCard);

    /// <exception cref="InvalidDataException">Not a scorecard of this version and schema.</exception>
    public static ScorecardModel Read(FeatureSchema schema, Stream source)
    {
        StoredCard card;
        try
        {
            card = JsonSerializer.Deserialize(source, ScorecardJson.Default.StoredCard) ?? throw new InvalidDataException("The stored scorecard is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The stored scorecard cannot be read: {exception.Message}", exception);
        }

        if (card.Version != Version)
            throw new InvalidDataException($"The stored scorecard has format {card.Version}; this program reads format {Version}.");
        if (card.Schema != schema.Fingerprint)
            throw new InvalidDataException("The stored scorecard was trained on other features than this program has.");
        StoredWeights.Check([card.Intercept]);
        return new ScorecardModel(schema, card.Intercept, [.. card.Terms.Select(term => Restored(schema, term))]);
    }

    private static StoredTerm Stored(Term term) =>
        new(StoredBinning.Of(term.Row), term.Weights, term.Column is null ? null : StoredBinning.Of(term.Column));

    private static Term Restored(FeatureSchema schema, StoredTerm? term)
    {
        if (term is null)
            throw new InvalidDataException("The stored scorecard has a term without content.");

        StoredWeights.Check(term.Weights);
        var row = term.Row.Restore(schema);
        var column = term.Column?.Restore(schema);
        return term.Weights.Length == Term.Cells(row, column)
            ? new Term(row, column, term.Weights)
            : throw new InvalidDataException(
                $"The stored scorecard has {term.Weights.Length} weights for '{row.Feature}' where its bins need {Term.Cells(row, column)}.");
    }

    private sealed record StoredCard(int Version, string Schema, double Intercept, StoredTerm?[] Terms);

    private sealed record StoredTerm(StoredBinning Row, double[] Weights, StoredBinning? Column = null);

    [JsonSourceGenerationOptions(
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(StoredCard))]
    private sealed partial class ScorecardJson : JsonSerializerContext;
}
