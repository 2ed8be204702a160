using System.Text.Json;
using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;

namespace Ingestion.Loading.Records;

/// <summary>
/// The text by which the quarantine keeps a record's fields: <c>{"json": record}</c> for a JSON record, otherwise <c>{"texts": {name: text}}</c>. It is
/// independent of the source's file, which may be gone or changed when the record is retried.
/// </summary>
internal static class StoredRecord
{
    public const string Json = "json";
    public const string Texts = "texts";

    /// <summary>
    /// The current record of a reader; null if it could not be split into fields, must not be retried, or holds characters that PostgreSQL cannot store.
    /// </summary>
    public static string? Of(RecordReader reader)
    {
        if (!reader.CanRetry)
            return null;
        if (reader.JsonRecord is { } json)
            return IsStorable(json) ? $"{{\"{Json}\": {json}}}" : null;
        if (reader.Problem is not null)
            return null;

        var texts = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = 0; i < reader.Contract.Fields.Count; i++)
        {
            var text = reader[i];
            if (text is not null && !IsStorable(text))
                return null;

            texts.Add(reader.Contract.Fields[i].Name, text);
        }

        return JsonSerializer.Serialize(new Dictionary<string, Dictionary<string, string?>> { [Texts] = texts });
    }

    private static bool IsStorable(string text)
    {
        var value = default(FieldValue);
        return TextCheck.Parse(text, ref value) is null;
    }
}
