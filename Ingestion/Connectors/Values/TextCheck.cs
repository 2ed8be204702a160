using System.Text;
using System.Text.Json;

namespace Ingestion.Connectors.Values;

/// <summary>
/// Rejects texts that PostgreSQL cannot store: with a NUL character or an unpaired surrogate. Source: PostgreSQL documentation, 8.3 and 8.14.
/// </summary>
internal static class TextCheck
{
    public static string? Parse(ReadOnlySpan<char> text, ref FieldValue value)
    {
        if (text.Contains('\0'))
            return "has a zero character, which PostgreSQL cannot hold";
        if (HasLoneSurrogate(text))
            return "has half a character (a lone surrogate)";

        value.Text = text.ToString();
        return null;
    }

    /// <summary>True if PostgreSQL can store the text.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => !text.Contains('\0') && !HasLoneSurrogate(text);

    public static string? ParseJson(ReadOnlySpan<char> text, ref FieldValue value)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        try
        {
            var reader = new Utf8JsonReader(bytes, JsonDepth.Reader);
            while (reader.Read())
            {
                var isText = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
                if (isText && reader.ValueIsEscaped && reader.GetString()!.Contains('\0'))
                    return "has a zero character, which PostgreSQL cannot hold";
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (exception is JsonException invalid ? JsonDepth.Problem(invalid) : null) ?? "is not valid json";
        }

        return Parse(text, ref value);
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> rest)
    {
        int at;
        while ((at = rest.IndexOfAnyInRange('\uD800', '\uDFFF')) >= 0)
        {
            if (at + 1 >= rest.Length || !char.IsSurrogatePair(rest[at], rest[at + 1]))
                return true;

            rest = rest[(at + 2)..];
        }

        return false;
    }
}
