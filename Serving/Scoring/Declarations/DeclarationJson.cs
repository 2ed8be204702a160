using System.Text.Json.Serialization;

namespace Serving.Scoring.Declarations;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    PropertyNameCaseInsensitive = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PredictionDeclaration))]
internal sealed partial class DeclarationJson : JsonSerializerContext;
