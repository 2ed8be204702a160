using System.Globalization;
using Models.Database;
using Models.Project.Graph;

namespace Models.Engine.Materializations;

/// <summary>Cuts event time into the batches that a run builds. Source: dbt's page on microbatch.</summary>
internal static class BatchPlan
{
    /// <summary>The windows a run builds, oldest first.</summary>
    /// <param name="node">The model: <c>batch_size</c>, <c>begin</c>, <c>lookback</c>.</param>
    /// <param name="options">The run, which may say from when to when.</param>
    /// <param name="isIncremental">False where the table is made from the beginning.</param>
    /// <param name="now">The present moment, UTC.</param>
    public static IReadOnlyList<TimeRange> Windows(Node node, RunOptions options, bool isIncremental, DateTime now)
    {
        var size = node.Config.GetString("batch_size") ?? throw Missing(node, "batch_size", "hour, day, month or year");
        if (size is not ("hour" or "day" or "month" or "year"))
            throw new RunException($"Model '{node.Name}' has the batch_size '{size}'; it is hour, day, month or year.");

        var end = options.EventTimeEnd ?? options.Compile.Sample?.End ?? now;
        DateTime start;
        if ((options.EventTimeStart ?? options.Compile.Sample?.Start) is { } asked)
            start = asked;
        else if (isIncremental)
            start = Step(Ceiling(end, size), size, -Lookback(node) - 1);
        else
            start = Begin(node);

        var windows = new List<TimeRange>();
        for (var from = Floor(start, size); from < end; from = Step(from, size, 1))
            windows.Add(new TimeRange(from, Step(from, size, 1)));
        return windows;
    }

    private static DateTime Begin(Node node)
    {
        if (!node.Config.TryGet("begin", out var value) || value is null)
            throw Missing(node, "begin", "the first day there is data for");

        return value switch
        {
            DateTime time => time,
            DateOnly date => date.ToDateTime(TimeOnly.MinValue),
            _ => DateTime.TryParse(
                value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : throw new RunException($"Model '{node.Name}' begins at '{value}', which is no date."),
        };
    }

    private static int Lookback(Node node) =>
        node.Config.TryGet("lookback", out var value) && ConfigValues.Integer(value) is { } batches ? (int)batches : 1;

    private static DateTime Floor(DateTime time, string size) => size switch
    {
        "hour" => new DateTime(time.Year, time.Month, time.Day, time.Hour, 0, 0, DateTimeKind.Utc),
        "day" => new DateTime(time.Year, time.Month, time.Day, 0, 0, 0, DateTimeKind.Utc),
        "month" => new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        _ => new DateTime(time.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
    };

    private static DateTime Ceiling(DateTime time, string size) => Floor(time, size) is var floor && floor == time ? time : Step(floor, size, 1);

    private static DateTime Step(DateTime time, string size, int count) => size switch
    {
        "hour" => time.AddHours(count),
        "day" => time.AddDays(count),
        "month" => time.AddMonths(count),
        _ => time.AddYears(count),
    };

    private static RunException Missing(Node node, string setting, string what) =>
        new($"Model '{node.Name}' is built in batches and has no {setting}: name {what}.");
}
