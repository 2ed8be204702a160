using Models.Contracts;

namespace Ingestion.Connectors.Values;

/// <summary>
/// Values of .NET types as values of a field's type. Each method returns false where the value's text must be parsed instead, which finds the error or does
/// the conversion; otherwise the result is the same as that of parsing the text.
/// </summary>
internal static class TypedValue
{
    public static bool TakeNull(ref FieldValue value)
    {
        value = new FieldValue { IsNull = true };
        return true;
    }

    public static bool Take(long number, FieldKind kind, ref FieldValue value)
    {
        var fits = kind switch
        {
            FieldKind.BigInt => true,
            FieldKind.Integer => number is >= int.MinValue and <= int.MaxValue,
            FieldKind.SmallInt => number is >= short.MinValue and <= short.MaxValue,
            _ => false,
        };
        return fits && TakeWhole(number, ref value);
    }

    public static bool Take(double number, FieldKind kind, ref FieldValue value)
    {
        if (kind != FieldKind.Double || !double.IsFinite(number))
            return false;

        value = new FieldValue { Floating = number };
        return true;
    }

    public static bool Take(bool flag, FieldKind kind, ref FieldValue value) => kind == FieldKind.Boolean && TakeWhole(flag ? 1 : 0, ref value);

    public static bool Take(DateOnly day, FieldKind kind, ref FieldValue value) =>
        kind == FieldKind.Date && TakeWhole(day.DayNumber * TimeSpan.TicksPerDay, ref value);

    /// <param name="moment">A time in UTC, or one without a zone.</param>
    /// <param name="kind">The field's type.</param>
    /// <param name="value">Receives the ticks, rounded to microseconds.</param>
    public static bool Take(DateTime moment, FieldKind kind, ref FieldValue value) =>
        kind == (moment.Kind == DateTimeKind.Utc ? FieldKind.TimestampTz : FieldKind.Timestamp) && TakeWhole(TimeText.Round(moment.Ticks), ref value);

    /// <summary>Takes a text as it is, without a copy of it.</summary>
    public static bool Take(string? text, FieldKind kind, ref FieldValue value)
    {
        if (string.IsNullOrWhiteSpace(text))
            return TakeNull(ref value);
        if (kind != FieldKind.Text || !TextCheck.IsValid(text))
            return false;

        value = new FieldValue { Text = text };
        return true;
    }

    private static bool TakeWhole(long whole, ref FieldValue value)
    {
        value = new FieldValue { Whole = whole };
        return true;
    }
}
