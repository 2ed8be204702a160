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
        foreach (var property in record.EnumerateObject())
        {
            if (Read(() => property.Name) is not { } name)
                return "a name has half a character (a lone surrogate)";

            if (!_positions.TryGetValue(name, out var position))
            {
                if (contract.OnSchemaChange != OnSchemaChange.Ignore)
                    problem ??= $"the field '{name}' is not in {contract.Span.File}{NearName.Hint(name, _positions.Keys)}";
                continue;
            }

            if (_seen[position])
                problem ??= $"{name} occurs twice";

            _seen[position] = true;
            problem ??= TakeValue(property.Value, position);
        }

        for (var i = 0; i < _seen.Length && problem is null; i++)
        {
            if (!_seen[i] && contract.Fields[i].Required)
                problem = $"{contract.Fields[i].Name} is missing, but required";
        }

        return problem;
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
        _texts[position] = Read(() => value.GetString()!);
        return _texts[position] is null ? $"{contract.Fields[position].Name} has half a character (a lone surrogate)" : null;
    }

    /// <summary>Reads a string; returns null if it is invalid, such as \ud800 without its second surrogate.</summary>
    private static string? Read(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
