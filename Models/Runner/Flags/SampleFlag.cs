using System.Globalization;
using Models.Database;
using Models.Project.Graph;

namespace Models.Runner.Flags;

/// <summary>Parses <c>--sample</c>: <c>3 days</c>, or <c>{start: 2024-01-01, end: 2024-02-01}</c>. Source: docs.getdbt.com/docs/build/sample-flag.</summary>
internal static class SampleFlag
{
    /// <exception cref="RunException">The text has neither form.</exception>
    public static TimeRange? Read(string? text, TimeProvider clock)
    {
        if (text is null)
            return null;

        var now = clock.GetUtcNow().UtcDateTime;
        if (text.TrimStart().StartsWith('{'))
            return Between(text, now);

        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var count, var unit]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Before(now, number, unit) is { } start)
        {
            return new TimeRange(start, now);
        }

        throw Mistake(text);
    }

    private static DateTime? Before(DateTime now, int number, string unit) => unit.ToLowerInvariant() switch
    {
        "hour" or "hours" => now.AddHours(-number),
        "day" or "days" => now.AddDays(-number),
        "month" or "months" => now.AddMonths(-number),
        "year" or "years" => now.AddYears(-number),
        _ => null,
    };

    private static TimeRange Between(string text, DateTime now)
    {
        var map = CommandLineVars.Parse(text, "--sample");
        if (Time(map.GetValueOrDefault("start")) is not { } start || map.Keys.Any(k => k is not ("start" or "end")))
            throw Mistake(text);

        var end = map.ContainsKey("end") ? Time(map["end"]) ?? throw Mistake(text) : now;
        return start < end ? new TimeRange(
            start, end) : throw new RunException($"--sample ends at {end:yyyy-MM-dd HH:mm}, which is not after its start {start:yyyy-MM-dd HH:mm}.");
    }

    private static DateTime? Time(object? value) =>
        DateTime.TryParse(value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private static RunException Mistake(string text) =>
        new($"--sample is '3 days' (hours, days, months or years) or '{{start: 2024-01-01, end: 2024-02-01}}', not '{text}'.");
}
