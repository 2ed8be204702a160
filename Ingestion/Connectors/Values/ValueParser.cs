using System.Globalization;
using Models.Contracts;

namespace Ingestion.Connectors.Values;

/// <summary>Parses one field's texts as values of its type. An invalid text is an error; nothing is rounded, truncated or guessed.</summary>
internal sealed class ValueParser(ContractField field, ContractOptions options)
{
    private const string NotWhole = "is not a whole number";
    private const string Blank = "is blank, but required";

    private readonly NumberText _numbers = new(options.ThousandsSeparator, options.DecimalSeparator);
    private readonly TimeText _times = new(field.Type.Kind, field.Format);
    private readonly string[] _nullValues = [.. options.NullValues];
    private readonly FieldCheck? _check = FieldCheck.For(field);

    public ContractField Field { get; } = field;

    /// <summary>True if a value needs no parsing; false if the contract says how texts are read.</summary>
    public bool TakesValues { get; } = options.NullValues.Count == 0 && field.Format is null;

    private FieldKind Kind => Field.Type.Kind;

    /// <summary>Returns null and the value if the text is valid (a blank is the null value), otherwise the error.</summary>
    public string? Parse(ReadOnlySpan<char> text, ref FieldValue value)
    {
        value = default;
        var trimmed = text.Trim();
        if (trimmed.IsEmpty || IsNullValue(trimmed))
        {
            value.IsNull = true;
            return Field.Required ? Blank : null;
        }

        return ParseKind(text, trimmed, ref value) ?? _check?.Find(value);
    }

    /// <summary>Returns the error of a value that was not parsed; null if it is valid.</summary>
    public string? Check(in FieldValue value) =>
        value.IsNull ? (Field.Required ? Blank : null) : _check?.Find(value);

    private string? ParseKind(ReadOnlySpan<char> text, ReadOnlySpan<char> trimmed, ref FieldValue value) => Kind switch
    {
        FieldKind.Text => TextCheck.Parse(text, ref value),
        FieldKind.Json or FieldKind.Jsonb => TextCheck.ParseJson(text, ref value),
        FieldKind.Uuid => ParseUuid(trimmed, ref value),
        FieldKind.Boolean => ParseBoolean(trimmed, ref value),
        FieldKind.SmallInt => ParseWhole(trimmed, short.MinValue, short.MaxValue, ref value),
        FieldKind.Integer => ParseWhole(trimmed, int.MinValue, int.MaxValue, ref value),
        FieldKind.BigInt => ParseWhole(trimmed, long.MinValue, long.MaxValue, ref value),
        FieldKind.Numeric => ParseExact(trimmed, ref value),
        FieldKind.Real or FieldKind.Double => ParseFloating(trimmed, ref value),
        FieldKind.Date or FieldKind.Timestamp or FieldKind.TimestampTz => _times.Parse(trimmed, ref value),
        _ => throw new InvalidOperationException($"No parser for {Kind}"),
    };

    private bool IsNullValue(ReadOnlySpan<char> text)
    {
        foreach (var candidate in _nullValues)
        {
            if (text.SequenceEqual(candidate))
                return true;
        }

        return false;
    }

    private static string? ParseUuid(ReadOnlySpan<char> text, ref FieldValue value)
    {
        if (!Guid.TryParseExact(text, "D", out var uuid))
            return "is no uuid";

        value.Text = uuid.ToString();
        return null;
    }

    /// <summary>PostgreSQL's boolean words, and 1.0 and 0.0, which exports write for nullable flags.</summary>
    private static string? ParseBoolean(ReadOnlySpan<char> text, ref FieldValue value)
    {
        if (Is(text, "true") || Is(text, "t") || Is(text, "yes") || Is(text, "y") || text is "1" or "1.0")
            value.Whole = 1;
        else if (!(Is(text, "false") || Is(text, "f") || Is(text, "no") || Is(text, "n") || text is "0" or "0.0"))
            return "is neither true nor false";

        return null;
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private string? ParseWhole(ReadOnlySpan<char> text, long min, long max, ref FieldValue value)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value.Whole))
            return value.Whole >= min && value.Whole <= max ? null : OutOfRange();

        if (_numbers.Parse(text, ref value) is { } reason)
            return reason;
        if (value.Text is { } digits)
            return LongNumber.IsWhole(digits) ? OutOfRange() : NotWhole;
        if (decimal.Truncate(value.Exact) != value.Exact)
            return NotWhole;
        if (value.Exact < min || value.Exact > max)
            return OutOfRange();

        value.Whole = (long)value.Exact;
        return null;
    }

    private string? ParseExact(ReadOnlySpan<char> text, ref FieldValue value)
    {
        if (_numbers.Parse(text, ref value) is { } reason)
            return reason;
        if (Field.Type.Precision is not { } precision)
            return null;

        var (whole, fraction) = LongNumber.CountDigits(value.Text ?? value.Exact.ToString(CultureInfo.InvariantCulture));
        if (fraction > Field.Type.Scale)
            return $"has more than {Field.Type.Scale} digits after the point";

        return whole > precision - Field.Type.Scale ? OutOfRange() : null;
    }

    private string? ParseFloating(ReadOnlySpan<char> text, ref FieldValue value) =>
        _numbers.ParseFloating(text, Kind == FieldKind.Real, out value.Floating);

    private string OutOfRange() => $"is out of the range of {Field.Type.Name}";
}
