using System.Reflection;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Metadata;

namespace Serving.Api.Predict;

/// <param name="ContactId">The lead to score.</param>
/// <param name="Reasons">How many reasons to return at most; the configured number where it is left out.</param>
internal sealed record PredictRequest(long ContactId, int? Reasons = null)
    : IBindableFromHttpContext<PredictRequest>, IEndpointParameterMetadataProvider
{
    private const int LargestBody = 16 * 1024;
    private const int MostReasons = 20;
    private const int MostShown = 40;
    private const string ContactIdMember = "contact_id";
    private const string ReasonsMember = "reasons";

    /// <summary>Reads JSON whatever the content type says: curl -d calls it a form.</summary>
    /// <exception cref="BadHttpRequestException">The message says which part of the body is wrong.</exception>
    public static async ValueTask<PredictRequest?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var body = await ReadAsync(context.Request, context.RequestAborted);
        if (FirstInvalidByte(body.Span) is { } offset)
            throw Malformed($"the body is not UTF-8: byte 0x{body.Span[offset]:x2} at offset {offset}");

        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw Malformed("the body is not JSON", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw Malformed("the body holds a name with half of a surrogate pair, which is no text", exception);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json", "*/*"], typeof(PredictRequest)));

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // one byte more than may come, so that the end is seen
        var buffer = new byte[Math.Min(request.ContentLength ?? LargestBody, LargestBody) + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > LargestBody)
            throw new BadHttpRequestException($"The body is larger than {LargestBody} bytes.", StatusCodes.Status413PayloadTooLarge);

        var content = buffer.AsMemory(0, length);
        return content.Span.StartsWith("\uFEFF"u8) ? content["\uFEFF"u8.Length..] : content;
    }

    private static int? FirstInvalidByte(ReadOnlySpan<byte> body)
    {
        Span<char> discarded = stackalloc char[256];
        for (var offset = 0; offset < body.Length;)
        {
            Utf8.ToUtf16(body[offset..], discarded, out var read, out _, replaceInvalidSequences: false);
            if (read == 0)
                return offset;
            offset += read;
        }

        return null;
    }

    private static PredictRequest Read(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            throw Malformed("the body is not an object");

        JsonElement? contactId = null, reasons = null;
        string? unknown = null;
        foreach (var member in body.EnumerateObject())
        {
            if (member.NameEquals(ContactIdMember))
                contactId = Once(member, contactId);
            else if (member.NameEquals(ReasonsMember))
                reasons = Once(member, reasons);
            else
                unknown ??= member.Name;
        }

        return (contactId, unknown) switch
        {
            (null, null) => throw Malformed($"'{ContactIdMember}' is missing"),
            (null, _) => throw Malformed($"'{ContactIdMember}' is missing, and '{Shown(unknown)}' is unknown"),
            (_, not null) => throw Malformed($"'{Shown(unknown)}' is unknown"),
            ({ } key, null) => new PredictRequest(ContactIdOf(key), ReasonsOf(reasons)),
        };
    }

    /// <summary>Which of two values is meant cannot be known.</summary>
    private static JsonElement Once(JsonProperty member, JsonElement? earlier) =>
        earlier is null ? member.Value : throw Malformed($"'{member.Name}' is given twice");

    private static long ContactIdOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var key)
            ? key
            : throw Malformed($"'{ContactIdMember}' is {Shown(value.GetRawText())}, not a whole number");

    private static int? ReasonsOf(JsonElement? given) => given switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var count) && count is >= 0 and <= MostReasons => count,
        { } value => throw Malformed($"'{ReasonsMember}' is {Shown(value.GetRawText())}, not a whole number from 0 to {MostReasons}"),
    };

    private static string Shown(string text) => text.Length > MostShown ? $"{text[..MostShown]}…" : text;

    private static BadHttpRequestException Malformed(string what, Exception? cause = null)
    {
        var message = $"{char.ToUpperInvariant(what[0])}{what[1..]}; expected is, for example, {{\"contact_id\": 448214219}}.";
        return cause is null ? new BadHttpRequestException(message) : new BadHttpRequestException(message, cause);
    }
}
