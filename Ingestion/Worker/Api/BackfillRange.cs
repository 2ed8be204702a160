using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ingestion.Worker.Api;

/// <summary>Splits the range of a backfill into the parts that are built one after the other.</summary>
internal static class BackfillRange
{
    private const int MostRuns = 1000;

    private static readonly Dictionary<string, Func<DateTimeOffset, int, DateTimeOffset>> s_intervals = new(StringComparer.Ordinal)
    {
        ["hour"] = (start, i) => start.AddHours(i),
        ["day"] = (start, i) => start.AddDays(i),
        ["week"] = (start, i) => start.AddDays(7 * i),
        ["month"] = (start, i) => start.AddMonths(i),
    };

    /// <param name="from">The first moment, in UTC where it says nothing else.</param>
    /// <param name="to">The end, exclusive.</param>
    /// <param name="interval">What one run builds: hour, day, week or month; a day where it is left away.</param>
    /// <param name="ranges">The parts, in order.</param>
    /// <param name="mistake">What is wrong with the values, and how they should be.</param>
    public static bool TrySplit(
        string? from, string? to, string? interval, out IReadOnlyList<(
            DateTimeOffset Start, DateTimeOffset End)> ranges, [NotNullWhen(false)] out string? mistake)
    {
        var parts = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        ranges = parts;
        mistake = null;
        if (Parse(from) is not { } start)
            mistake = Moment("from", from);
        else if (Parse(to) is not { } end)
            mistake = Moment("to", to);
        else if (start >= end)
            mistake = $"'from' ({from}) must be before 'to' ({to}), which is not built itself.";
        else if (!s_intervals.TryGetValue(interval ?? "day", out var step))
            mistake = $"'interval' must be one of {string.Join(", ", s_intervals.Keys)}, not '{interval}'.";
        else
        {
            for (var i = 0; step(start, i) < end && parts.Count <= MostRuns; i++)
                parts.Add((step(start, i), step(start, i + 1) < end ? step(start, i + 1) : end));
            if (parts.Count > MostRuns)
                mistake = $"The range takes more than {MostRuns} runs; take a longer 'interval', or a shorter range.";
        }

        return mistake is null;
    }

    private static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : null;

    private static string Moment(string name, string? text) =>
        string.IsNullOrEmpty(text)
            ? $"'{name}' is missing: give a date or time, as in {name}=2026-01-31 or {name}=2026-01-31T06:00:00Z."
            : $"'{name}' must be a date or time, as in 2026-01-31 or 2026-01-31T06:00:00Z, not '{text}'.";
}
