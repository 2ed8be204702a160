using System.Globalization;

namespace Serving.Console.Layout;

/// <summary>Numbers, times and lengths of time as the pages show them.</summary>
internal static class Shown
{
    public static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Number(long? value) => value is { } number ? Number(number) : "–";

    public static string Share(double value) => value.ToString("0.0 %", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset value) => value.UtcDateTime.ToString("d MMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Age(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalMinutes: < 60 } age => $"{(int)age.TotalMinutes} min ago",
        { TotalHours: < 48 } age => $"{(int)age.TotalHours} h ago",
        var age => $"{(int)age.TotalDays} days ago",
    };

    public static string Length(TimeSpan? value) => value switch
    {
        null => "–",
        { TotalMilliseconds: < 1000 } time => $"{time.TotalMilliseconds:0} ms",
        { TotalSeconds: < 60 } time => $"{time.TotalSeconds:0.0} s",
        { TotalMinutes: < 60 } time => $"{(int)time.TotalMinutes} min {time.Seconds} s",
        { } time => $"{(int)time.TotalHours} h {time.Minutes} min",
    };

    public static string Limit(TimeSpan value) => value switch
    {
        { TotalDays: >= 1 } days => $"{days.TotalDays:0.#} d",
        { TotalHours: >= 1 } hours => $"{hours.TotalHours:0.#} h",
        var minutes => $"{minutes.TotalMinutes:0.#} min",
    };
}
