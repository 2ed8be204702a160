using System.Globalization;
using System.Text.Json;
using Serving.Scoring.Features;

namespace Serving.Api.Inference;

/// <summary>The tensors of a request, as examples: a feature for which there is no tensor is missing in all of them.</summary>
internal sealed record InferenceRequest(string? Id, IReadOnlyList<FeatureVector> Examples)
{
    /// <summary>The name of the only output.</summary>
    public const string Output = "score";

    private const int MostExamples = 100_000;
    private const int MostShown = 40;

    /// <exception cref="InferenceException">It does not fit the protocol or the declaration.</exception>
    public static InferenceRequest Read(PredictionDeclaration declaration, JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object || !body.TryGetProperty("inputs", out var inputs) || inputs.ValueKind is not JsonValueKind.Array)
            throw new InferenceException("'inputs' is missing: a list of {\"name\", \"shape\", \"datatype\", \"data\"}");
        var tensors = new Dictionary<string, JsonElement[]>(StringComparer.Ordinal);
        foreach (var input in inputs.EnumerateArray())
        {
            var (name, data) = Tensor(declaration, input);
            if (!tensors.TryAdd(name, data))
                throw new InferenceException($"'{name}' is given twice");
        }

        var count = tensors.Count == 0 ? throw new InferenceException("'inputs' is empty") : tensors.First().Value.Length;
        if (tensors.FirstOrDefault(tensor => tensor.Value.Length != count) is { Key: { } other })
            throw new InferenceException($"'{other}' has another length than '{tensors.First().Key}'");
        if (count > MostExamples)
            throw new InferenceException($"there are {count} examples; at most {MostExamples} can be asked for at once");

        var id = body.TryGetProperty("id", out var given) && given.ValueKind is JsonValueKind.String ? Text(given) : null;
        return new InferenceRequest(id, [.. Enumerable.Range(0, count).Select(i => Example(declaration, tensors, i))]);
    }

    public void Write(Utf8JsonWriter json, string name, int version, double[] scores)
    {
        json.WriteStartObject();
        json.WriteString("model_name", name);
        json.WriteString("model_version", version.ToString(CultureInfo.InvariantCulture));
        if (Id is not null)
            json.WriteString("id", Id);
        json.WriteStartArray("outputs");
        json.WriteStartObject();
        json.WriteString("name", Output);
        json.WriteString("datatype", "FP64");
        json.WriteStartArray("shape");
        json.WriteNumberValue(scores.Length);
        json.WriteEndArray();
        json.WriteStartArray("data");
        foreach (var score in scores)
            json.WriteNumberValue(score);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (string Name, JsonElement[] Data) Tensor(PredictionDeclaration declaration, JsonElement input)
    {
        if (input.ValueKind is not JsonValueKind.Object || !input.TryGetProperty("name", out var given) || given.ValueKind is not JsonValueKind.String
            || Text(given) is not { } name)
            throw new InferenceException("an input has no name");
        if (declaration.Features.All(feature => feature.Name != name))
            throw new InferenceException($"'{Shown(name)}' is no feature of {declaration.Name}");
        if (!input.TryGetProperty("data", out var data) || data.ValueKind is not JsonValueKind.Array)
            throw new InferenceException($"'{name}' has no 'data'");

        // the data may be flat, or nested as the shape [n, 1] says
        JsonElement[] values = [.. data.EnumerateArray().SelectMany(
            value => value.ValueKind is JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1))];
        if (input.TryGetProperty("shape", out var shape))
        {
            long length = 1;
            foreach (var dimension in shape.ValueKind is JsonValueKind.Array ? shape.EnumerateArray() : default)
                length = dimension.ValueKind is JsonValueKind.Number && dimension.TryGetInt32(out var size) && size >= 0 ? length * size : -1;
            if (shape.ValueKind is not JsonValueKind.Array || length != values.Length)
                throw new InferenceException($"'{name}' has {values.Length} values, which is not what its shape says");
        }

        return (name, values);
    }

    private static FeatureVector Example(PredictionDeclaration declaration, Dictionary<string, JsonElement[]> tensors, int place) => new(
        [.. declaration.Features.Where(feature => feature.Kind is FeatureKind.Number)
            .Select(feature => tensors.TryGetValue(feature.Name, out var data) ? Number(feature.Name, data[place]) : double.NaN)],
        [.. declaration.Features.Where(feature => feature.Kind is not FeatureKind.Number)
            .Select(feature => tensors.TryGetValue(feature.Name, out var data) ? Category(feature, data[place]) : null)]);

    private static double Number(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => number,
        _ => throw new InferenceException($"'{name}' holds {Shown(value.GetRawText())}, which is no number"),
    };

    private static string? Category(DeclaredFeature feature, JsonElement value) => (value.ValueKind, feature.Kind) switch
    {
        (JsonValueKind.Null, _) => null,
        (JsonValueKind.True, _) => "true",
        (JsonValueKind.False, _) => "false",
        (JsonValueKind.String, FeatureKind.Category) => Text(value) ?? throw new InferenceException($"'{feature.Name}' holds half of a surrogate pair"),
        (JsonValueKind.Number, FeatureKind.Category) when value.TryGetInt64(out _) => value.GetRawText(),
        (_, FeatureKind.Boolean) => throw new InferenceException($"'{feature.Name}' holds {Shown(value.GetRawText())}, which is no boolean"),
        _ => throw new InferenceException($"'{feature.Name}' holds {Shown(value.GetRawText())}, which is no text"),
    };

    private static string Shown(string text) => text.Length > MostShown ? $"{text[..MostShown]}…" : text;

    /// <summary>Null where the text holds half of a surrogate pair.</summary>
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
