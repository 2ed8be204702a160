namespace Models.Project.Graph;

/// <summary>A range of event time, from <paramref name="Start"/> to before <paramref name="End"/>, UTC.</summary>
public readonly record struct TimeRange(DateTime Start, DateTime End)
{
    /// <summary>The part that both ranges have; empty, with its end at its start, where they have none.</summary>
    public TimeRange Intersect(TimeRange other)
    {
        var start = Start > other.Start ? Start : other.Start;
        var end = End < other.End ? End : other.End;
        return new(start, end > start ? end : start);
    }

    /// <summary>The SQL condition that is true for the rows of the range.</summary>
    /// <param name="eventTime">The column that says when a row happened.</param>
    public string Condition(string eventTime) =>
        $"{eventTime} >= '{Start:yyyy-MM-dd HH:mm:ss}' and {eventTime} < '{End:yyyy-MM-dd HH:mm:ss}'";

    public override string ToString() => $"{Start:yyyy-MM-dd HH:mm} to {End:yyyy-MM-dd HH:mm}";
}
