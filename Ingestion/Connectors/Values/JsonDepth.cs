using System.Text.Json;

namespace Ingestion.Connectors.Values;

/// <summary>The nesting of JSON records that is read: a record of brackets alone could otherwise exhaust the stack of a reader or of the server.</summary>
internal static class JsonDepth
{
    public const int Max = 512;

    public static JsonDocumentOptions Document { get; } = new() { MaxDepth = Max };

    public static JsonReaderOptions Reader { get; } = new() { MaxDepth = Max };

    /// <summary>The description of a record that is nested too deep; null if the error is another one.</summary>
    public static string? Problem(JsonException exception) => exception.Message.Contains("maximum configured depth", StringComparison.Ordinal)
        ? $"is nested more than {Max} levels deep"
        : null;
}
