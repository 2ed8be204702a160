using System.Text.Json;
using System.Text.Unicode;

namespace Serving.Api.Served;

/// <summary>Reads a request's JSON whatever its content type says: curl -d calls it a form.</summary>
internal static class JsonBody
{
    public const int Largest = 16 * 1024;

    /// <exception cref="BadHttpRequestException">It is too large, not UTF-8, or not JSON; <paramref name="expected"/> ends the message.</exception>
    public static async Task<JsonDocument> ReadAsync(HttpRequest request, string expected, CancellationToken cancellationToken)
    {
        // one byte more than may come, so that the end is seen
        var buffer = new byte[Math.Min(request.ContentLength ?? Largest, Largest) + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > Largest)
            throw new BadHttpRequestException($"The body is larger than {Largest} bytes.", StatusCodes.Status413PayloadTooLarge);

        var content = buffer.AsMemory(0, length);
        return Parse(content.Span.StartsWith("\uFEFF"u8) ? content["\uFEFF"u8.Length..] : content, "body", expected);
    }

    /// <param name="what">What the bytes are, for the message.</param>
    /// <exception cref="BadHttpRequestException">They are not UTF-8, or not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> content, string what, string expected)
    {
        if (!Utf8.IsValid(content.Span) && FirstInvalidByte(content.Span) is { } offset)
            throw Malformed($"the {what} is not UTF-8: byte 0x{content.Span[offset]:x2} at offset {offset}", expected);
        try
        {
            return JsonDocument.Parse(content);
        }
        catch (JsonException exception)
        {
            throw Malformed($"the {what} is not JSON", expected, exception);
        }
    }

    public static BadHttpRequestException Malformed(string what, string expected, Exception? cause = null)
    {
        var message = $"{char.ToUpperInvariant(what[0])}{what[1..]}; expected is, for example, {expected}.";
        return cause is null ? new BadHttpRequestException(message) : new BadHttpRequestException(message, cause);
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
}
