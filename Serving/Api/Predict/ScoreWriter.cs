using System.Globalization;
using System.Text.Json;
using Serving.Api.Champions;
using Serving.Api.Served;
using Serving.Features;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Api.Predict;

/// <summary>Writes scores as JSON, under the names that <see cref="PredictResponse"/> documents.</summary>
internal static class ScoreWriter
{
    private static readonly JsonEncodedText s_score = JsonEncodedText.Encode("score");
    private static readonly JsonEncodedText s_band = JsonEncodedText.Encode("band");
    private static readonly JsonEncodedText s_model = JsonEncodedText.Encode("model");
    private static readonly JsonEncodedText s_modelVersion = JsonEncodedText.Encode("model_version");
    private static readonly JsonEncodedText s_learner = JsonEncodedText.Encode("learner");
    private static readonly JsonEncodedText s_reasons = JsonEncodedText.Encode("reasons");
    private static readonly JsonEncodedText s_feature = JsonEncodedText.Encode("feature");
    private static readonly JsonEncodedText s_value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText s_contribution = JsonEncodedText.Encode("contribution");
    private static readonly JsonEncodedText s_converted = JsonEncodedText.Encode("converted");
    private static readonly JsonEncodedText s_outOfRange = JsonEncodedText.Encode("out_of_range");
    private static readonly JsonEncodedText s_featuresAt = JsonEncodedText.Encode("features_at");
    private static readonly JsonEncodedText s_stale = JsonEncodedText.Encode("stale");

    /// <summary>One score as an object.</summary>
    /// <param name="row">The entity's row; null where the values came with the request.</param>
    public static void Write(
        Utf8JsonWriter json, PredictionDeclaration declaration, Champion champion, FeatureRow? row, FeatureVector features, Score score, DateTimeOffset now)
    {
        json.WriteStartObject();
        if (row is not null)
            WriteKey(json, declaration, row.Entity);
        json.WriteNumber(s_score, score.Probability);
        json.WriteString(s_band, champion.BandOf(score.Probability));
        json.WriteString(s_model, declaration.Name);
        json.WriteNumber(s_modelVersion, champion.Model.Version);
        json.WriteString(s_learner, champion.Model.Learner);
        json.WriteStartArray(s_reasons);
        foreach (var reason in score.Reasons)
        {
            json.WriteStartObject();
            json.WriteString(s_feature, reason.Feature);
            json.WriteString(s_value, reason.Value);
            json.WriteNumber(s_contribution, reason.Contribution);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (row?.Label is { } converted)
            json.WriteBoolean(s_converted, converted);
        json.WriteStartArray(s_outOfRange);
        foreach (var feature in Ranges.Outside(declaration, features))
            json.WriteStringValue(feature.Name);
        json.WriteEndArray();
        if (row is not null)
            WriteTime(json, declaration, row, now);
        json.WriteEndObject();
    }

    public static void WriteKey(Utf8JsonWriter json, PredictionDeclaration declaration, EntityKey key)
    {
        for (var i = 0; i < declaration.Entity.Count; i++)
        {
            var column = declaration.Entity[i];
            if (column.Type is "smallint" or "integer" or "bigint")
                json.WriteNumber(column.Name, long.Parse(key.Values[i], CultureInfo.InvariantCulture));
            else
                json.WriteString(column.Name, key.Values[i]);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, PredictionDeclaration declaration, FeatureRow row, DateTimeOffset now)
    {
        if (declaration.FeatureTime is null)
            return;
        if (row.AsOf is { } time)
            json.WriteString(s_featuresAt, time);
        else
            json.WriteNull(s_featuresAt);
        if (Freshness.IsStale(declaration, row, now) is { } stale)
            json.WriteBoolean(s_stale, stale);
    }
}
