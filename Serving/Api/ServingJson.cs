using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Serving.Api.Predict;
using Serving.Api.Registry;

namespace Serving.Api;

/// <summary>How requests and answers are written: names in snake_case, as in SQL; serializers made at build time.</summary>
[JsonSerializable(typeof(PredictBody))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(PredictResponse))]
[JsonSerializable(typeof(ModelResponse))]
[JsonSerializable(typeof(IReadOnlyList<ModelResponse>))]
[JsonSerializable(typeof(ModelComparison))]
internal sealed partial class ServingJson : JsonSerializerContext
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        // JSON has no number for a metric that is not one: an AUC without a positive is "NaN"
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.TypeInfoResolverChain.Insert(0, Default);
    }
}
