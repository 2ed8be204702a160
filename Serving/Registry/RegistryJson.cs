using System.Text.Json;
using System.Text.Json.Serialization;
using Serving.Scoring.Evaluation;
using Serving.Scoring.Features;

namespace Serving.Registry;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Metrics))]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(IReadOnlyList<FeatureProfile>))]
internal sealed partial class RegistryJson : JsonSerializerContext
{
    /// <summary>Empty where the stored text is not a list of features.</summary>
    public static IReadOnlyList<FeatureProfile> ReadFeatures(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.IReadOnlyListFeatureProfile) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Null where the stored text is not an evaluation.</summary>
    public static EvaluationReport? ReadEvaluation(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.EvaluationReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null where the stored text is not metrics.</summary>
    public static Metrics? ReadMetrics(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.Metrics) is { } metrics && !metrics.Calibration.Contains(null) ? metrics : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
