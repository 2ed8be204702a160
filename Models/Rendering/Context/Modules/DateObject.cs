using System.Globalization;
using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Modules;

/// <summary>Python's <c>date</c>.</summary>
internal sealed record DateObject(DateOnly Value) : IJinjaObject, IJinjaArithmetic, IComparable
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "year" => (long)Value.Year,
            "month" => (long)Value.Month,
            "day" => (long)Value.Day,
            "strftime" => new HostFunction("strftime(format)", a => DateFormat.Format(new DateTimeObject(Value.ToDateTime(default), Zone: null), a.Text(0))),
            "isoformat" => new HostFunction("isoformat()", _ => ToString()),
            "weekday" => new HostFunction("weekday()", _ => Weekday(Value.DayOfWeek)),
            "isoweekday" => new HostFunction("isoweekday()", _ => Weekday(Value.DayOfWeek) + 1),
            "isocalendar" => new HostFunction("isocalendar()", _ => IsoCalendar(Value.ToDateTime(default))),
            "replace" => new HostFunction("replace(year?, month?, day?)", a =>
                new DateObject(new DateOnly((int)a.Integer(0, Value.Year), (int)a.Integer(1, Value.Month), (int)a.Integer(2, Value.Day)))),
            "toordinal" => new HostFunction("toordinal()", _ => (long)Value.DayNumber + 1),
            _ => null,
        };
        return value is not null;
    }

    /// <summary>The day of the week; Monday is 0.</summary>
    public static long Weekday(DayOfWeek day) => ((int)day + 6) % 7;

    public static JinjaTuple IsoCalendar(DateTime day) => new((long)ISOWeek.GetYear(day), (long)ISOWeek.GetWeekOfYear(day), Weekday(day.DayOfWeek) + 1);

    public object? Add(object? other) => other is TimeDeltaObject span ? new DateObject(Value.AddDays((int)span.Days)) : null;

    public object? Subtract(object? other) => other switch
    {
        TimeDeltaObject span => new DateObject(Value.AddDays(-(int)span.Days)),
        DateObject earlier => new TimeDeltaObject(TimeSpan.FromDays(Value.DayNumber - earlier.Value.DayNumber)),
        _ => null,
    };

    public int CompareTo(object? obj) => obj is DateObject other ? Value.CompareTo(other.Value) : 1;

    public override string ToString() => Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
