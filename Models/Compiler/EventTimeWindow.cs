namespace Models.Compiler;

/// <summary>A stretch of event time, from <paramref name="Start"/> to before <paramref name="End"/>, UTC.</summary>
public readonly record struct EventTimeWindow(DateTime Start, DateTime End)
{
    /// <summary>What both have; empty, with its end at its start, where they have nothing.</summary>
    public EventTimeWindow Within(EventTimeWindow other)
    {
        var start = Start > other.Start ? Start : other.Start;
        var end = End < other.End ? End : other.End;
        return new(start, end > start ? end : start);
    }

    /// <summary>True for the rows of the stretch, in SQL.</summary>
    /// <param name="eventTime">The column that says when a row happened.</param>
    public string Condition(string eventTime) =>
        $"{eventTime} >= '{Start:yyyy-MM-dd HH:mm:ss}' and {eventTime} < '{End:yyyy-MM-dd HH:mm:ss}'";
}
