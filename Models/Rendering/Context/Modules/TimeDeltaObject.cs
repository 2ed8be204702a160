using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Modules;

/// <summary>Python's <c>timedelta</c>.</summary>
internal sealed record TimeDeltaObject(TimeSpan Value) : IJinjaObject, IJinjaArithmetic, IComparable
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "days" => Days,
            "seconds" => (long)(Value - TimeSpan.FromDays(Days)).TotalSeconds,
            "microseconds" => (Value - TimeSpan.FromDays(Days)).Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond,
            "total_seconds" => new HostFunction("total_seconds()", _ => Value.TotalSeconds),
            _ => null,
        };
        return value is not null;
    }

    public object? Add(object? other) => other switch
    {
        TimeDeltaObject span => new TimeDeltaObject(Value + span.Value),
        DateTimeObject time => time.Add(this),
        DateObject date => date.Add(this),
        _ => null,
    };

    public object? Subtract(object? other) => other is TimeDeltaObject span ? new TimeDeltaObject(Value - span.Value) : null;

    public int CompareTo(object? obj) => obj is TimeDeltaObject other ? Value.CompareTo(other.Value) : 1;

    public override string ToString()
    {
        var rest = Value - TimeSpan.FromDays(Days);
        var fraction = rest.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        var time = $"{rest.Hours}:{rest.Minutes:00}:{rest.Seconds:00}{(fraction == 0 ? "" : $".{fraction:000000}")}";
        return Days == 0 ? time : $"{Days} day{(Math.Abs(Days) == 1 ? "" : "s")}, {time}";
    }

    /// <summary>Whole days, rounded down, so that the remainder is never negative.</summary>
    public long Days => (long)Math.Floor(Value.TotalDays);
}
