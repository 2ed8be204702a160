using System.Globalization;
using System.Text.Json.Nodes;
using Avro;
using Avro.File;
using Avro.Generic;
using Ingestion.Connectors.Files;
using Ingestion.Connectors.Values;
using Models.Contracts;

namespace Ingestion.Connectors.Avro;

/// <summary>Reads the records of one Avro file. One block is held in memory.</summary>
internal sealed class AvroRecordReader(DataFile file, Contract contract, IFileReader<GenericRecord> reader, Field?[] fields) : TypedRecordReader(file, contract)
{
    protected override string Kind => AvroConnector.Kind;

    protected override ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (!reader.HasNext())
            return ValueTask.FromResult(false);

        var record = reader.Next();
        for (var i = 0; i < fields.Length; i++)
            Set(i, fields[i] is { } field ? Plain(record.GetValue(field.Pos), field.Schema) : null);

        return ValueTask.FromResult(true);
    }

    /// <summary>Converts a value to its .NET type by its logical type, because Avro returns all dates and times as one type.</summary>
    private static object? Plain(object? value, Schema schema) => value switch
    {
        AvroDecimal number => new ExactNumber(number.UnscaledValue, number.Scale),
        DateTime time => Time(time, LogicalName(schema)),
        GenericEnum symbol => symbol.Value,
        GenericFixed bytes => bytes.Value,
        GenericRecord or Array and not byte[] or IDictionary<string, object> => Json(value),
        _ => value,
    };

    private static object Time(DateTime time, string? logicalName) => logicalName switch
    {
        "date" => DateOnly.FromDateTime(time),
        // the library reads it as UTC and converts it to local time; converting back gives the value in the file
        { } name when name.StartsWith("local-", StringComparison.Ordinal) => DateTime.SpecifyKind(time.ToUniversalTime(), DateTimeKind.Unspecified),
        _ => DateTime.SpecifyKind(time, DateTimeKind.Utc),
    };

    private static string? LogicalName(Schema schema) => schema switch
    {
        LogicalSchema logical => logical.LogicalTypeName,
        UnionSchema union => union.Schemas.OfType<LogicalSchema>().FirstOrDefault()?.LogicalTypeName,
        _ => null,
    };

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        GenericRecord record => new JsonObject(record.Schema.Fields.Select(f => KeyValuePair.Create(f.Name, Json(Plain(record.GetValue(f.Pos), f.Schema))))),
        IDictionary<string, object> map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Json(p.Value)))),
        byte[] bytes => JsonValue.Create(Convert.ToHexStringLower(bytes)),
        Array items => new JsonArray([.. items.Cast<object?>().Select(Json)]),
        JsonNode node => node.DeepClone(),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        float number when float.IsFinite(number) => JsonValue.Create(number),
        double number when double.IsFinite(number) => JsonValue.Create(number),
        ExactNumber number => JsonNode.Parse(number.ToString()),
        DateOnly day => JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        DateTime time => JsonValue.Create(
            time.ToString(time.Kind == DateTimeKind.Utc ? "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(value.ToString()),
    };
}
