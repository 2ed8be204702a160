using System.Text.Json.Nodes;
using Serving.Api.Served;
using Serving.Features;
using Serving.Scoring.Features;

namespace Serving.Api.Features;

/// <summary>What a model would see of an entity now.</summary>
internal static class FeaturesResponse
{
    /// <summary>The key's columns, then <c>features</c> by the names of their columns, null where a value is missing.</summary>
    public static JsonObject Of(ServedPrediction served, FeatureRow row, DateTimeOffset now)
    {
        var declaration = served.Declaration;
        var answer = EntityJson.Write(new JsonObject(), declaration, row.Entity);
        var schema = declaration.FeatureSchema;
        var features = new JsonObject();
        for (var i = 0; i < schema.Numbers.Count; i++)
            features.Add(schema.Numbers[i], double.IsNaN(row.Features.Numbers[i]) ? null : row.Features.Numbers[i]);
        for (var i = 0; i < schema.Categories.Count; i++)
        {
            var feature = declaration.Features.First(feature => feature.Name == schema.Categories[i]);
            features.Add(feature.Name, Category(feature, row.Features.Categories[i]));
        }

        answer.Add("features", features);
        if (declaration.FeatureTime is not null)
            answer.Add("features_at", row.AsOf is { } time ? JsonValue.Create(time) : null);
        if (Freshness.IsStale(declaration, row, now) is { } stale)
            answer.Add("stale", stale);
        return answer;
    }

    private static JsonValue? Category(DeclaredFeature feature, string? value) => value switch
    {
        null => null,
        _ when feature.Kind is FeatureKind.Boolean => JsonValue.Create(value == "true"),
        _ => JsonValue.Create(value),
    };
}
