namespace Models.Runner.Reporting;

/// <summary>How lines look: coloured or plain, all or only what went wrong.</summary>
/// <param name="Colour">False prints no escape sequences.</param>
/// <param name="Level">The least that is worth a line.</param>
internal sealed record ReportStyle(bool Colour, LogLevel Level)
{
    /// <summary>How many columns a line's text is filled up to with dots.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Whether things that went well are left out.</summary>
    public bool Quiet => Level > LogLevel.Info;

    public string Paint(string text, Tone tone)
    {
        if (!Colour)
            return text;

        var code = tone switch
        {
            Tone.Good => "32",
            Tone.Warn => "33",
            _ => "31",
        };
        return $"\u001b[{code}m{text}\u001b[0m";
    }
}

internal enum Tone
{
    Good,
    Warn,
    Bad,
}
