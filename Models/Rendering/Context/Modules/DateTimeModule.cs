using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Modules;

/// <summary><c>modules.datetime</c>: the classes datetime, date, timedelta and time zones of Python's module.</summary>
internal static class DateTimeModule
{
    private static readonly HostClass s_dateTime = new("datetime",
        "datetime(year, month, day, hour?, minute?, second?, microsecond?, tzinfo?)",
        a => new DateTimeObject(
            Date(a, () => new DateTime((int)a.Integer(0, otherwise: 1), (int)a.Integer(1, otherwise: 1), (
                int)a.Integer(2, otherwise: 1), (int)a.Integer(3, otherwise: 0), (int)a.Integer(4, otherwise: 0), (int)a.Integer(5, otherwise: 0)))
                .AddTicks(a.Integer(6, otherwise: 0) * TimeSpan.TicksPerMicrosecond),
            a[7] as TimeZoneObject),
        new("now(tz?)", a =>
            a[0] is TimeZoneObject zone ? DateTimeObject.Utc(UtcNow(a)).InZone(zone) : new DateTimeObject(UtcNow(a).ToLocalTime(), Zone: null)),
        new("today()", a => new DateTimeObject(UtcNow(a).ToLocalTime(), Zone: null)),
        new("utcnow()", a => new DateTimeObject(UtcNow(a), Zone: null)),
        new("strptime(date_string, format)", a => DateFormat.TryParse(a.Text(0), a.Text(1), out var value)
            ? value
            : throw a.Context.ValueError($"time data {PythonText.Repr(a.Text(0))} does not match format {PythonText.Repr(a.Text(1))}")),
        new("fromisoformat(date_string)", a => Iso(a)),
        new("fromtimestamp(timestamp, tz?)", a =>
            a[1] is TimeZoneObject zone ? DateTimeObject.Utc(FromTimestamp(a)).InZone(zone) : new DateTimeObject(FromTimestamp(a).ToLocalTime(), Zone: null)),
        new("utcfromtimestamp(timestamp)", a => new DateTimeObject(FromTimestamp(a), Zone: null)),
        new("combine(date, time?)", a => a[0] is DateObject date ? new DateTimeObject(date.Value.ToDateTime(default), Zone: null) : a[0]));

    private static readonly HostClass s_date = new("date",
        "date(year, month, day)",
        a => new DateObject(DateOnly.FromDateTime(
            Date(a, () => new DateTime((int)a.Integer(0, otherwise: 1), (int)a.Integer(1, otherwise: 1), (int)a.Integer(2, otherwise: 1))))),
        new("today()", a => new DateObject(DateOnly.FromDateTime(UtcNow(a).ToLocalTime()))),
        new("fromisoformat(date_string)", a => Iso(a) is { } value ? new DateObject(DateOnly.FromDateTime(value.Value)) : null));

    private static readonly HostClass s_timeDelta = new("timedelta",
        "timedelta(days?, seconds?, microseconds?, milliseconds?, minutes?, hours?, weeks?)",
        a => new TimeDeltaObject(
            TimeSpan.FromDays(Number(a, 0) + 7 * Number(a, 6)) + TimeSpan.FromSeconds(Number(a, 1)) + TimeSpan.FromMicroseconds(Number(a, 2))
            + TimeSpan.FromMilliseconds(Number(a, 3)) + TimeSpan.FromMinutes(Number(a, 4)) + TimeSpan.FromHours(Number(a, 5))));

    public static HostNamespace Namespace { get; } = new("datetime", new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["datetime"] = s_dateTime,
        ["date"] = s_date,
        ["timedelta"] = s_timeDelta,
        ["timezone"] = new HostNamespace("timezone", new Dictionary<string, object?>(StringComparer.Ordinal) { ["utc"] = TimeZoneObject.Utc }),
        ["UTC"] = TimeZoneObject.Utc,
    });

    private static DateTime UtcNow(BoundArguments a)
    {
        a.Node.MarkVolatile();
        return a.Node.Project.Options.TimeProvider.GetUtcNow().UtcDateTime;
    }

    private static DateTime FromTimestamp(BoundArguments a) => DateTime.UnixEpoch.AddSeconds(Number(a, 0));

    private static double Number(BoundArguments a, int index) => a[index] switch
    {
        null => 0,
        double number => number,
        decimal number => (double)number,
        _ => a.Integer(index, otherwise: 0),
    };

    private static DateTimeObject Iso(BoundArguments a)
    {
        foreach (var format in (ReadOnlySpan<string>)["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d %H:%M:%S.%f",
            "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S.%f%z"])
        {
            if (DateFormat.TryParse(a.Text(0), format, out var value))
                return value!;
        }

        throw a.Context.ValueError($"Invalid isoformat string: {PythonText.Repr(a.Text(0))}");
    }

    private static DateTime Date(BoundArguments a, Func<DateTime> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentOutOfRangeException)
        {
            throw a.Context.ValueError("there is no such date");
        }
    }
}
