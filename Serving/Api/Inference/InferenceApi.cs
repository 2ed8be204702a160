using System.Globalization;
using System.Text.Json;
using Serving.Api.Access;
using Serving.Api.Configuration;
using Serving.Api.Predict;
using Serving.Api.Served;
using Serving.Scoring.Features;

namespace Serving.Api.Inference;

/// <summary>
/// The Open Inference Protocol, version 2, for clients that speak it, as those of KServe and MLflow do
/// (https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol). Its errors are <c>{"error": "..."}</c>.
/// </summary>
internal static class InferenceApi
{
    public static IEndpointRouteBuilder MapInferenceApi(this IEndpointRouteBuilder routes)
    {
        var inference = routes.MapGroup("/v2").WithTags("Open Inference Protocol").RequireScope(ApiScope.Predict);
        inference.MapGet("/", Server).WithName("V2Server").WithSummary("The server's name, version and extensions.");
        inference.MapGet("/health/live", Live).WithName("V2Live").WithSummary("The process answers.");
        inference.MapGet("/health/ready", Ready).WithName("V2Ready").WithSummary("Whether POST /predict can be answered.");
        inference.MapGet("/models/{name}", Metadata).WithName("V2Model").WithSummary("The inputs and outputs of a prediction.");
        inference.MapGet("/models/{name}/ready", ModelReady).WithName("V2ModelReady").WithSummary("Whether the prediction has a champion.");
        inference.MapPost("/models/{name}/infer", InferAsync).WithName("V2Infer").WithSummary("Scores tensors: one value of each named feature an example.")
            .Accepts<JsonElement>("application/json");
        return routes;
    }

    private static JsonResult Server() => new(json =>
    {
        json.WriteStartObject();
        json.WriteString("name", "leadline");
        json.WriteString("version", typeof(InferenceApi).Assembly.GetName().Version?.ToString() ?? "");
        json.WriteStartArray("extensions");
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static JsonResult Live() => new(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("live", true);
        json.WriteEndObject();
    });

    private static JsonResult Ready(ServedPredictions served) => ReadyOf(served.Default);

    private static JsonResult ModelReady(string name, ServedPredictions served) =>
        served.Find(name) is { } one ? ReadyOf(one) : Error(StatusCodes.Status404NotFound, $"there is no model '{name}'");

    private static JsonResult ReadyOf(ServedPrediction served)
    {
        var ready = served.Champions.Current is not null;
        return new JsonResult(
            json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("ready", ready);
                json.WriteEndObject();
            },
            ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static JsonResult Metadata(string name, ServedPredictions served) => served.Find(name) is not { } one
        ? Error(StatusCodes.Status404NotFound, $"there is no model '{name}'")
        : new JsonResult(json =>
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteStartArray("versions");
            if (one.Champions.Current is { } champion)
                json.WriteStringValue(champion.Model.Version.ToString(CultureInfo.InvariantCulture));
            json.WriteEndArray();
            json.WriteString("platform", "leadline");
            json.WriteStartArray("inputs");
            foreach (var feature in one.Declaration.Features)
                Tensor(json, feature.Name, DataType(feature));
            json.WriteEndArray();
            json.WriteStartArray("outputs");
            Tensor(json, InferenceRequest.Output, "FP64");
            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static async Task<IResult> InferAsync(
        string name, HttpContext context, ServedPredictions served, PredictAnswers answers)
    {
        if (served.Find(name) is not { } one)
            return Error(StatusCodes.Status404NotFound, $"there is no model '{name}'");
        if (one.Champions.Current is not { } champion)
            return Error(StatusCodes.Status503ServiceUnavailable, $"no model of '{name}' has been trained yet");
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var request = InferenceRequest.Read(one.Declaration, body.RootElement);
            var refused = request.Examples.Select(features => Ranges.Refused(one.Declaration, features)).FirstOrDefault(feature => feature is not null);
            if (refused is { } outside)
                return Error(StatusCodes.Status400BadRequest, $"'{outside.Name}' lies outside of its allowed range");
            var scores = champion.Scorer.Probabilities(request.Examples);
            return new JsonResult(json => request.Write(json, name, champion.Model.Version, scores));
        }
        catch (Exception exception) when (exception is JsonException or InferenceException)
        {
            return Error(StatusCodes.Status400BadRequest, exception is InferenceException ? exception.Message : "the body is not JSON");
        }
    }

    private static JsonResult Error(int status, string message) => new(
        json =>
        {
            json.WriteStartObject();
            json.WriteString("error", message);
            json.WriteEndObject();
        },
        status);

    private static string DataType(DeclaredFeature feature) => feature.Kind switch
    {
        FeatureKind.Number => "FP64",
        FeatureKind.Boolean => "BOOL",
        _ => "BYTES",
    };

    private static void Tensor(Utf8JsonWriter json, string name, string dataType)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("datatype", dataType);
        json.WriteStartArray("shape");
        json.WriteNumberValue(-1);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
