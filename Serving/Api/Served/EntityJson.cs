using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serving.Features;
using Serving.Scoring.Features;

namespace Serving.Api.Served;

/// <summary>Keys of entities in requests and answers: a whole number is a JSON number, anything else a text.</summary>
internal static class EntityJson
{
    public static JsonObject Write(JsonObject answer, PredictionDeclaration declaration, EntityKey key)
    {
        for (var i = 0; i < declaration.Entity.Count; i++)
            answer.Add(declaration.Entity[i].Name, Value(declaration.Entity[i], key.Values[i]));
        return answer;
    }

    /// <summary>The column's value in a request as the database knows it; null where the JSON value cannot be one of its type.</summary>
    public static string? Read(DeclaredColumn column, JsonElement value) => (value.ValueKind, IsNumber(column)) switch
    {
        (JsonValueKind.Number, true) => value.TryGetInt64(out var number)
            ? EntityKey.Canonical(column, number.ToString(CultureInfo.InvariantCulture))
            : null,
        (JsonValueKind.String, false) => Text(value) is { } text ? EntityKey.Canonical(column, text) : null,
        _ => null,
    };

    /// <summary>What a value of the column is, for messages.</summary>
    public static string KindOf(DeclaredColumn column) => column.Type switch
    {
        "smallint" or "integer" or "bigint" => "a whole number",
        "uuid" => "a uuid",
        "date" => "a date as yyyy-mm-dd",
        _ => "a text",
    };

    /// <summary>An example of a key for messages, as the members of an object.</summary>
    public static string Example(PredictionDeclaration declaration) => string.Join(", ", declaration.Entity.Select(column =>
        $"\"{column.Name}\": " + column.Type switch
        {
            "smallint" => "7",
            "integer" or "bigint" => "448214219",
            "uuid" => "\"7f9c2ba4-e88f-4a0d-9d5b-1c2d3e4f5a6b\"",
            "date" => "\"2026-01-31\"",
            _ => "\"A-17\"",
        }));

    private static bool IsNumber(DeclaredColumn column) => column.Type is "smallint" or "integer" or "bigint";

    private static JsonValue Value(DeclaredColumn column, string value) =>
        IsNumber(column) ? JsonValue.Create(long.Parse(value, CultureInfo.InvariantCulture)) : JsonValue.Create(value);

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
