namespace Models.Runner;

/// <summary>One stretch of event time, from <paramref name="Start"/> to before <paramref name="End"/>, UTC.</summary>
public readonly record struct BatchWindow(DateTime Start, DateTime End)
{
    public override string ToString() => $"{Start:yyyy-MM-dd HH:mm} to {End:yyyy-MM-dd HH:mm}";
}
