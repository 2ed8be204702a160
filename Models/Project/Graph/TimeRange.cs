namespace Models.Project.Graph;

/// <summary>A range of event time, from <paramref name="Start"/> (inclusive) to <paramref name="End"/> (exclusive), UTC.</summary>
public readonly record struct TimeRange(DateTime Start, DateTime End)
{
    /// <summary>The intersection of both ranges; if there is none, an empty range whose end is its start.</summary>
    public TimeRange Intersect(TimeRange other)
    {
        var start = Start > other.Start ? Start : other.Start;
        var end = End < other.End ? End : other.End;
        return new(start, end > start ? end : start);
    }

    /// <summary>The SQL condition for the rows of the range.</summary>
    /// <param name="eventTime">The event time column.</param>
    public string Condition(string eventTime) =>
        $"{eventTime} >= '{Start:yyyy-MM-dd HH:mm:ss}' and {eventTime} < '{End:yyyy-MM-dd HH:mm:ss}'";

    public override string ToString() => $"{Start:yyyy-MM-dd HH:mm} to {End:yyyy-MM-dd HH:mm}";
}
