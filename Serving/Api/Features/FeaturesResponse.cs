using System.Text.Json.Nodes;
using Serving.Scoring.Features;

namespace Serving.Api.Features;

/// <param name="Features">Values by the column names of lead_features; null where a value is missing.</param>
internal sealed record FeaturesResponse(long ContactId, JsonObject Features)
{
    public static FeaturesResponse Of(long contactId, FeatureSchema schema, FeatureVector vector)
    {
        var features = new JsonObject();
        for (var i = 0; i < schema.Numbers.Count; i++)
            features.Add(schema.Numbers[i], double.IsNaN(vector.Numbers[i]) ? null : vector.Numbers[i]);
        for (var i = 0; i < schema.Categories.Count; i++)
            features.Add(schema.Categories[i], vector.Categories[i]);
        return new FeaturesResponse(contactId, features);
    }
}
