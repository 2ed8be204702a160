using System.Globalization;
using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Modules;

/// <summary>Python's <c>datetime</c>, with or without a time zone.</summary>
/// <param name="Value">The wall-clock time.</param>
/// <param name="Zone">The time zone; null for a time without one.</param>
internal sealed record DateTimeObject(DateTime Value, TimeZoneObject? Zone) : IJinjaObject, IJinjaArithmetic, IComparable
{
    public TimeSpan? Offset => Zone?.OffsetAt(Value);

    public static DateTimeObject Utc(DateTime value) => new(value, TimeZoneObject.Utc);

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "year" => (long)Value.Year,
            "month" => (long)Value.Month,
            "day" => (long)Value.Day,
            "hour" => (long)Value.Hour,
            "minute" => (long)Value.Minute,
            "second" => (long)Value.Second,
            "microsecond" => Value.Ticks / TimeSpan.TicksPerMicrosecond % 1_000_000,
            "tzinfo" => Zone,
            "strftime" => new HostFunction("strftime(format)", a => DateFormat.Format(this, a.Text(0))),
            "isoformat" => new HostFunction("isoformat(sep?, timespec?)", a => IsoFormat(a.OptionalText(0) ?? "T")),
            "date" => new HostFunction("date()", _ => new DateObject(DateOnly.FromDateTime(Value))),
            "time" => new HostFunction("time()", _ => Value.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture)),
            "timestamp" => new HostFunction("timestamp()", _ => (ToUtc() - DateTime.UnixEpoch).TotalSeconds),
            "weekday" => new HostFunction("weekday()", _ => DateObject.Weekday(Value.DayOfWeek)),
            "isoweekday" => new HostFunction("isoweekday()", _ => DateObject.Weekday(Value.DayOfWeek) + 1),
            "isocalendar" => new HostFunction("isocalendar()", _ => DateObject.IsoCalendar(Value)),
            "astimezone" => new HostFunction("astimezone(tz?)", a => InZone(a[0] as TimeZoneObject ?? TimeZoneObject.Utc)),
            "replace" => new HostFunction("replace(year?, month?, day?, hour?, minute?, second?, microsecond?, tzinfo?)", Replace),
            "utcoffset" => new HostFunction("utcoffset()", _ => Offset is { } offset ? new TimeDeltaObject(offset) : null),
            _ => null,
        };
        return value is not null || name == "tzinfo";
    }

    public DateTime ToUtc() => Value - (Offset ?? TimeSpan.Zero);

    public DateTimeObject InZone(TimeZoneObject zone) => new(zone.FromUtc(ToUtc()), zone);

    public object? Add(object? other) => other is TimeDeltaObject span ? this with { Value = Value + span.Value } : null;

    public object? Subtract(object? other) => other switch
    {
        TimeDeltaObject span => this with { Value = Value - span.Value },
        DateTimeObject earlier => new TimeDeltaObject(ToUtc() - earlier.ToUtc()),
        _ => null,
    };

    public int CompareTo(object? obj) => obj is DateTimeObject other ? ToUtc().CompareTo(other.ToUtc()) : 1;

    public override string ToString() => IsoFormat(" ");

    public string IsoFormat(string separator)
    {
        var fraction = Value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        var text = Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + separator + Value.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        if (fraction != 0)
            text += $".{fraction:000000}";
        return text + DateFormat.Offset(Offset, ":");
    }

    private DateTimeObject Replace(BoundArguments a)
    {
        var micro = a.Integer(6, Value.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        var value = new DateTime((int)a.Integer(0, Value.Year), (int)a.Integer(1, Value.Month), (int)a.Integer(2, Value.Day),
            (int)a.Integer(3, Value.Hour), (int)a.Integer(4, Value.Minute), (int)a.Integer(5, Value.Second)).AddTicks(micro * TimeSpan.TicksPerMicrosecond);
        return new DateTimeObject(value, a.Has(7) ? a[7] as TimeZoneObject : Zone);
    }
}
