using System.Text.Json;
using Ingestion.Connectors.Values;

namespace Ingestion.Connectors.Inference;

/// <summary>Guesses the columns of JSON records.</summary>
internal sealed class JsonInference
{
    private readonly Dictionary<string, ColumnGuess> _byName = new(StringComparer.Ordinal);
    private readonly List<ColumnGuess> _columns = [];

    /// <summary>The records that were read.</summary>
    public long Records { get; private set; }

    /// <summary>The columns in the order in which they were first seen.</summary>
    public IReadOnlyList<ColumnGuess> Columns => _columns;

    /// <summary>Adds one record; returns false if it is no JSON object.</summary>
    public bool Add(ReadOnlyMemory<byte> record)
    {
        try
        {
            using var document = JsonDocument.Parse(record, JsonDepth.Document);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return false;

            Add(document.RootElement);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    public void Add(JsonElement record)
    {
        Records++;
        foreach (var property in record.EnumerateObject())
        {
            if (!_byName.TryGetValue(property.Name, out var column))
            {
                column = new ColumnGuess(property.Name);
                _byName.Add(property.Name, column);
                _columns.Add(column);
            }

            switch (property.Value.ValueKind)
            {
                case JsonValueKind.Null:
                    break;
                case JsonValueKind.Object or JsonValueKind.Array:
                    column.AddNested();
                    break;
                case JsonValueKind.String:
                    column.AddText(property.Value.GetString()!, isJson: true);
                    break;
                case var kind:
                    column.AddJsonValue(property.Value.GetRawText(), kind == JsonValueKind.Number);
                    break;
            }
        }
    }
}
