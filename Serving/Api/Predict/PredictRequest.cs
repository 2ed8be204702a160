using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace Serving.Api.Predict;

/// <param name="ContactId">The lead to score.</param>
/// <param name="Reasons">How many reasons to return at most; the configured number where it is left out.</param>
internal sealed record PredictRequest(long ContactId, int? Reasons = null)
    : IBindableFromHttpContext<PredictRequest>, IEndpointParameterMetadataProvider
{
    private const int MostReasons = 20;
    private const int MostShown = 40;

    /// <summary>Reads JSON whatever the content type says: curl -d calls it a form.</summary>
    /// <exception cref="BadHttpRequestException">The message says which part of the body is wrong.</exception>
    public static async ValueTask<PredictRequest?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return Read(body.RootElement);
        }
        catch (JsonException exception)
        {
            throw Malformed("the body is not JSON", exception);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json", "*/*"], typeof(PredictRequest)));

    private static PredictRequest Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            throw Malformed("the body is not an object");
        if (!body.TryGetProperty("contact_id", out var contactId))
            throw Malformed("'contact_id' is missing");
        if (contactId.ValueKind is not JsonValueKind.Number || !contactId.TryGetInt64(out var key))
            throw Malformed($"'contact_id' is {Shown(contactId)}, not a whole number");
        if (!body.TryGetProperty("reasons", out var reasons) || reasons.ValueKind is JsonValueKind.Null)
            return new PredictRequest(key);
        if (reasons.ValueKind is not JsonValueKind.Number || !reasons.TryGetInt32(out var count) || count is < 0 or > MostReasons)
            throw Malformed($"'reasons' is {Shown(reasons)}, not a whole number from 0 to {MostReasons}");
        return new PredictRequest(key, count);
    }

    private static string Shown(JsonElement value) =>
        value.GetRawText() is { Length: > MostShown } text ? $"{text[..MostShown]}…" : value.GetRawText();

    private static BadHttpRequestException Malformed(string what, Exception? cause = null)
    {
        var message = $"{char.ToUpperInvariant(what[0])}{what[1..]}; expected is, for example, {{\"contact_id\": 448214219}}.";
        return cause is null ? new BadHttpRequestException(message) : new BadHttpRequestException(message, cause);
    }
}
