using Ingestion.Connectors.Sources;
using Ingestion.Connectors.Values;
using Models.Contracts;

namespace Ingestion.Loading.Records;

/// <summary>Parses a reader's current record as the contract's types and checks it.</summary>
internal sealed class RecordCheck(Contract contract, RecordReader reader, IBadRecords bad)
{
    private const int ShownLength = 80;

    private readonly ValueParser[] _parsers = [.. contract.Fields.Select(f => new ValueParser(f, contract.Options))];

    private readonly ITypedRecord? _typed = reader as ITypedRecord;

    /// <summary>The values of the current record, in the order of the contract's fields.</summary>
    public FieldValue[] Row { get; } = new FieldValue[contract.Fields.Count];

    /// <summary>Parses the current record into <see cref="Row"/>; returns false if it violates the contract.</summary>
    /// <param name="skipped">The fields whose values are null regardless of the contract; null for none.</param>
    public bool Parse(bool[]? skipped = null)
    {
        if (reader.Problem is { } problem)
        {
            Refuse(field: null, problem);
            return false;
        }

        string? firstField = null;
        string? reasons = null;
        for (var i = 0; i < _parsers.Length; i++)
        {
            if (skipped is not null && skipped[i])
            {
                Row[i] = new FieldValue { IsNull = true };
                continue;
            }

            if (Find(i) is not { } reason)
                continue;

            var text = reader.TextOf(i);
            var name = _parsers[i].Field.Name;
            firstField ??= name;
            var described = text.IsWhiteSpace() ? $"{name} {reason}" : $"{name} '{Shorten(text)}' {reason}";
            reasons = reasons is null ? described : $"{reasons}; {described}";
        }

        if (reasons is null)
            return true;

        Refuse(firstField, reasons);
        return false;
    }

    private string? Find(int field)
    {
        var parser = _parsers[field];
        return _typed is not null && parser.TakesValues && _typed.TryTake(field, ref Row[field])
            ? parser.Check(Row[field])
            : parser.Parse(reader.TextOf(field), ref Row[field]);
    }

    private void Refuse(string? field, string reason) =>
        bad.Add(new BadRecord(reader.Span, reader.Line, field, reason, reader.RawText, StoredRecord.Of(reader)));

    private static string Shorten(ReadOnlySpan<char> text)
    {
        if (text.Length <= ShownLength)
            return text.ToString();

        // do not split a surrogate pair
        var length = char.IsHighSurrogate(text[ShownLength - 1]) ? ShownLength - 1 : ShownLength;
        return $"{text[..length]}...";
    }
}
