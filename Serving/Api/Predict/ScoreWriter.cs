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
    /// <summary>One score as an object.</summary>
    /// <param name="row">The entity's row; null where the values came with the request.</param>
    public static void Write(
        Utf8JsonWriter json, PredictionDeclaration declaration, Champion champion, FeatureRow? row, FeatureVector features, Score score, DateTimeOffset now)
    {
        json.WriteStartObject();
        if (row is not null)
            WriteKey(json, declaration, row.Entity);
        json.WriteNumber("score", score.Probability);
        json.WriteString("band", champion.BandOf(score.Probability));
        json.WriteString("model", declaration.Name);
        json.WriteNumber("model_version", champion.Model.Version);
        json.WriteString("learner", champion.Model.Learner);
        json.WriteStartArray("reasons");
        foreach (var reason in score.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("feature", reason.Feature);
            json.WriteString("value", reason.Value);
            json.WriteNumber("contribution", reason.Contribution);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (row?.Label is { } converted)
            json.WriteBoolean("converted", converted);
        json.WriteStartArray("out_of_range");
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
            json.WriteString("features_at", time);
        else
            json.WriteNull("features_at");
        if (Freshness.IsStale(declaration, row, now) is { } stale)
            json.WriteBoolean("stale", stale);
    }
}
