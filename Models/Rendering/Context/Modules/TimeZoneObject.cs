using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Modules;

/// <summary>A time zone of <c>pytz</c>.</summary>
internal sealed record TimeZoneObject(string Name, TimeZoneInfo Info) : IJinjaObject
{
    public static TimeZoneObject Utc { get; } = new("UTC", TimeZoneInfo.Utc);

    public TimeSpan OffsetAt(DateTime wallClock) => Info.GetUtcOffset(DateTime.SpecifyKind(wallClock, DateTimeKind.Unspecified));

    public DateTime FromUtc(DateTime utc) =>
        DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Info), DateTimeKind.Unspecified);

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "zone" => Name,
            "localize" => new HostFunction("localize(dt, is_dst?)", a =>
                a[0] is DateTimeObject time ? time with { Zone = this } : throw a.Context.ArgumentError("'localize' takes a datetime")),
            "normalize" => new HostFunction(
                "normalize(dt)", a => a[0] is DateTimeObject time ? time.InZone(this) : throw a.Context.ArgumentError("'normalize' takes a datetime")),
            "utcoffset" => new HostFunction("utcoffset(dt)", a => a[0] is DateTimeObject time ? new TimeDeltaObject(OffsetAt(time.Value)) : null),
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => Name;
}
