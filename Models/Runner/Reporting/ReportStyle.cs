namespace Models.Runner.Reporting;

/// <summary>The format of messages: coloured or plain, and the minimum level.</summary>
/// <param name="Colour">False to print no escape sequences.</param>
/// <param name="Level">The minimum level of messages.</param>
internal sealed record ReportStyle(bool Colour, LogLevel Level)
{
    /// <summary>The width to which the text of a line is padded with dots.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Whether successful nodes are omitted.</summary>
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
