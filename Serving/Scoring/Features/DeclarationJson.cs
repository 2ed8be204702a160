using System.Text.Json.Serialization;

namespace Serving.Scoring.Features;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    PropertyNameCaseInsensitive = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PredictionDeclaration))]
internal sealed partial class DeclarationJson : JsonSerializerContext;
