using Ingestion.Connectors.Values;
using Models.Contracts;

namespace Ingestion.Connectors.Inference;

/// <summary>Guesses a column's type from its values: the first of the candidates that every value fits, otherwise text.</summary>
internal sealed class ColumnGuess(string name)
{
    /// <summary>In the order of preference: each type before those that hold its values too.</summary>
    private static readonly FieldKind[] Kinds =
    [
        FieldKind.Boolean, FieldKind.BigInt, FieldKind.Numeric, FieldKind.Date, FieldKind.Timestamp, FieldKind.TimestampTz, FieldKind.Uuid,
    ];

    private static readonly FieldKind[] NumberKinds = [FieldKind.BigInt, FieldKind.Numeric];

    private readonly List<ValueParser> _candidates =
    [
        .. Kinds.Select(kind => new ValueParser(new ContractField(name, TypeOf(kind), default), new ContractOptions())),
    ];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private bool _isNested;

    /// <summary>False if a value occurred twice.</summary>
    public bool IsUnique { get; private set; } = true;

    public string Name { get; } = name;

    /// <summary>Values that were seen, without missing ones.</summary>
    public long Values { get; private set; }

    /// <summary>A value that made the type text although others were numbers or times; null if there is none.</summary>
    public string? Odd { get; private set; }

    /// <summary>False if no value was seen.</summary>
    public bool HasType => Values > 0;

    /// <summary>The type that holds every value; text if there is none.</summary>
    public FieldType Type => _isNested ? TypeOf(FieldKind.Jsonb)
        : Values == 0 || _candidates.Count == 0 ? TypeOf(FieldKind.Text)
        : _candidates[0].Field.Type;

    /// <summary>Adds a value that the source has as a text.</summary>
    /// <param name="text">The value.</param>
    /// <param name="isJson">True for a JSON string, which is no number even if it looks like one.</param>
    public void AddText(string text, bool isJson)
    {
        if (Values == 0 && isJson)
            _candidates.RemoveAll(c => NumberKinds.Contains(c.Field.Type.Kind) || c.Field.Type.Kind == FieldKind.Boolean);
        Keep(text, candidate => Fits(candidate, text, isJson));
    }

    /// <summary>Adds a JSON number or boolean.</summary>
    public void AddJsonValue(string text, bool isNumber) =>
        Keep(text, candidate => candidate.Field.Type.Kind switch
        {
            FieldKind.Boolean => !isNumber,
            FieldKind.BigInt or FieldKind.Numeric => isNumber && Fits(candidate, text, isJson: false),
            _ => false,
        });

    /// <summary>Adds an object or array.</summary>
    public void AddNested()
    {
        Values++;
        IsUnique = false;
        _isNested = true;
    }

    private void Keep(string text, Predicate<ValueParser> fits)
    {
        var before = _candidates.Count;
        if (before > 0)
            _candidates.RemoveAll(c => !fits(c));
        if (Values > 0 && before > 0 && _candidates.Count == 0)
            Odd = text;
        Values++;
        if (IsUnique && !_seen.Add(text))
        {
            IsUnique = false;
            _seen.Clear();
        }
    }

    private static bool Fits(ValueParser candidate, string text, bool isJson)
    {
        var kind = candidate.Field.Type.Kind;
        if (isJson && (kind == FieldKind.Boolean || NumberKinds.Contains(kind)))
            return false;
        if (kind == FieldKind.Boolean && !bool.TryParse(text, out _))
            return false;
        // an article number or a postal code would lose its zeros
        if (NumberKinds.Contains(kind) && text.TrimStart('-', '+', ' ') is ['0', >= '0' and <= '9', ..])
            return false;

        FieldValue value = default;
        return candidate.Parse(text, ref value) is null && !value.IsNull;
    }

    private static FieldType TypeOf(FieldKind kind) => FieldType.TryParse(kind switch
    {
        FieldKind.Boolean => "boolean",
        FieldKind.BigInt => "bigint",
        FieldKind.Numeric => "numeric",
        FieldKind.Date => "date",
        FieldKind.Timestamp => "timestamp",
        FieldKind.TimestampTz => "timestamptz",
        FieldKind.Uuid => "uuid",
        FieldKind.Jsonb => "jsonb",
        _ => "text",
    }, out var type)
        ? type
        : throw new InvalidOperationException($"No type for {kind}");
}
