namespace Models.Runner.Reporting;

/// <summary>How lines look: coloured or plain, all or only what went wrong.</summary>
internal sealed record ReportStyle(bool Colour, bool Quiet)
{
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
