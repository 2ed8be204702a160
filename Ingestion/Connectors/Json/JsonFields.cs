using System.Text.Json;
using Models.Compiler.Contracts;
using Models.Compiler.Diagnostics;

namespace Ingestion.Connectors.Json;

/// <summary>Takes one JSON object apart into the contract's fields.</summary>
internal sealed class JsonFields(Contract contract)
{
    private readonly Dictionary<string, int> _positions = contract.Fields.Index().ToDictionary(f => f.Item.Name, f => f.Index, StringComparer.Ordinal);
    private readonly bool[] _isJson = [.. contract.Fields.Select(f => f.Type.Kind is FieldKind.Json or FieldKind.Jsonb)];
    private readonly bool[] _seen = new bool[contract.Fields.Count];
    private readonly string?[] _texts = new string?[contract.Fields.Count];

    public string? this[int field] => _texts[field];

    /// <summary>Takes the object's values; returns what is wrong with the record as a whole, or null.</summary>
    /// <exception cref="DiagnosticException">A required field is not there at all, or one is there that the contract does not have.</exception>
    public string? Take(JsonElement record, SourceSpan span)
    {
        if (record.ValueKind != JsonValueKind.Object)
            return "the record is no object";

        Array.Clear(_seen);
        Array.Clear(_texts);
        string? problem = null;
        foreach (var property in record.EnumerateObject())
        {
            if (!_positions.TryGetValue(property.Name, out var position))
                throw new DiagnosticException(IngestionDiagnostics.UnexpectedColumn(span, property.Name, contract.Span.File, _positions.Keys));

            if (_seen[position])
                problem ??= $"{property.Name} is there twice";

            _seen[position] = true;
            problem ??= TakeValue(property.Value, position);
        }

        for (var i = 0; i < _seen.Length; i++)
        {
            if (!_seen[i] && contract.Fields[i].Required)
                throw new DiagnosticException(IngestionDiagnostics.MissingColumn(span, contract.Fields[i].Name, contract.Span.File, [.. record.EnumerateObject().Select(p => p.Name)]));
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
}
