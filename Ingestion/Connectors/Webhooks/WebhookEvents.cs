using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ingestion.Connectors.Values;
using Models.Contracts;

namespace Ingestion.Connectors.Webhooks;

/// <summary>The events of one request, an object or an array of objects, each with the key by which it is known when it is sent again.</summary>
public sealed record WebhookEvents(IReadOnlyList<string> Keys, IReadOnlyList<string> Bodies)
{
    private const int MaxKeyLength = 500;

    /// <param name="contract">Its <c>key</c> names the field that identifies an event.</param>
    /// <param name="content">The request's body.</param>
    /// <param name="requestKey">The key of the request, for a contract without one; null if it has none. The content identifies an event then.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="WebhookException">The body is not what a webhook sends.</exception>
    public static async Task<WebhookEvents> ReadAsync(Contract contract, Stream content, string? requestKey, CancellationToken cancellationToken)
    {
        using var document = await ParseAsync(content, cancellationToken);
        var root = document.RootElement;
        var isArray = root.ValueKind == JsonValueKind.Array;
        IReadOnlyList<JsonElement> events = isArray ? [.. root.EnumerateArray()] : [root];
        var keys = new List<string>();
        foreach (var (index, item) in events.Index())
        {
            var name = isArray ? $"event {index + 1}" : "the event";
            if (item.ValueKind != JsonValueKind.Object)
                throw new WebhookException($"{name} is no JSON object");

            var key = contract.Options.Key.Length > 0
                ? ReadKey(item, contract.Options.Key, name)
                : requestKey is null ? ContentKey(item) : isArray ? $"{requestKey}/{index}" : requestKey;
            keys.Add(key.Length is > 0 and <= MaxKeyLength && !key.Contains('\0', StringComparison.Ordinal)
                ? key
                : throw new WebhookException($"the key of {name} is empty, or longer than {MaxKeyLength} characters, or has a zero character"));
        }

        return new WebhookEvents(keys, [.. events.Select(e => e.GetRawText())]);
    }

    private static async Task<JsonDocument> ParseAsync(Stream content, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(content, JsonDepth.Document, cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new WebhookException(
                JsonDepth.Problem(exception) is { } tooDeep
                    ? $"the body {tooDeep}"
                    : $"the body is no valid JSON in UTF-8 (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})",
                exception);
        }
    }

    private static string ReadKey(JsonElement item, string field, string name)
    {
        try
        {
            return item.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? value.ToString()
                : throw new WebhookException($"{name} has no text or number '{field}', by which it is known when it is sent again");
        }
        catch (InvalidOperationException exception)
        {
            throw new WebhookException($"a text of {name} has half a character (a lone surrogate)", exception);
        }
    }

    private static string ContentKey(JsonElement item) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.GetRawText())));
}

/// <summary>A request that no webhook sends; the message says why.</summary>
public sealed class WebhookException(string message, Exception? inner = null) : Exception(message, inner);
