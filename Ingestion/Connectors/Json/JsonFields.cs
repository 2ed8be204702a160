using System.Text;
using System.Text.Json;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Connectors.Json;

/// <summary>Splits a JSON object into the contract's fields.</summary>
internal sealed class JsonFields(Contract contract)
{
    private readonly Dictionary<string, int> _positions = contract.Fields.Index().ToDictionary(f => f.Item.Name, f => f.Index, StringComparer.Ordinal);
    private readonly bool[] _isJson = [.. contract.Fields.Select(f => f.Type.Kind is FieldKind.Json or FieldKind.Jsonb)];
    private readonly bool[] _seen = new bool[contract.Fields.Count];
    private readonly byte[][] _names = [.. contract.Fields.Select(f => Encoding.UTF8.GetBytes(f.Name))];
    private readonly string?[] _texts = new string?[contract.Fields.Count];

    public string? this[int field] => _texts[field];

    /// <summary>
    /// Reads the object's values; returns an error of the whole record, or null. A missing or unknown field is an error of its record only, because
    /// each record has its own names.
    /// </summary>
    public string? Take(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
            return "the record is no object";

        Array.Clear(_seen);
        Array.Clear(_texts);
        string? problem = null;
        var next = 0;
        foreach (var property in record.EnumerateObject())
        {
            // records usually have the fields in the contract's order
            if (next < _names.Length && Is(property, _names[next]))
            {
                var fault = TakeField(property.Value, next++);
                problem ??= fault;
                continue;
            }

            if (ReadName(property) is not { } name)
                return "a name has half a character (a lone surrogate)";

            if (_positions.TryGetValue(name, out var position))
            {
                var fault = TakeField(property.Value, position);
                problem ??= fault;
                next = position + 1;
            }
            else if (contract.OnSchemaChange != OnSchemaChange.Ignore)
            {
                problem ??= $"the field '{name}' is not in {contract.Span.File}{NearName.Hint(name, _positions.Keys)}";
            }
        }

        for (var i = 0; i < _seen.Length && problem is null; i++)
        {
            if (!_seen[i] && contract.Fields[i].Required)
                problem = $"{contract.Fields[i].Name} is missing, but required";
        }

        return problem;
    }

    private string? TakeField(JsonElement value, int position)
    {
        if (_seen[position])
            return $"{contract.Fields[position].Name} occurs twice";

        _seen[position] = true;
        return TakeValue(value, position);
    }

    private string? TakeValue(JsonElement value, int position)
    {
        if (_isJson[position])
        {
            _texts[position] = value.GetRawText();
            return null;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.Object or JsonValueKind.Array:
                return $"{contract.Fields[position].Name} is an object or array, not one value";
            case JsonValueKind.String:
                return TakeText(value, position);
            default:
                _texts[position] = value.GetRawText();
                return null;
        }
    }

    private string? TakeText(JsonElement value, int position)
    {
        try
        {
            _texts[position] = value.GetString();
            return null;
        }
        catch (InvalidOperationException)
        {
            return $"{contract.Fields[position].Name} has half a character (a lone surrogate)";
        }
    }

    private static bool Is(JsonProperty property, ReadOnlySpan<byte> name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            // a lone surrogate, which reading the name reports
            return false;
        }
    }

    /// <summary>Reads a name; returns null if it is invalid, such as \ud800 without its second surrogate.</summary>
    private static string? ReadName(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
