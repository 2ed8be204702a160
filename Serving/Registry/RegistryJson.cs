using System.Text.Json.Serialization;
using Serving.Scoring.Evaluation;

namespace Serving.Registry;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Metrics))]
internal sealed partial class RegistryJson : JsonSerializerContext;
