namespace Models.Runner.Reporting;

/// <summary>Shortens a text by omitting its middle, because names differ at their ends.</summary>
internal static class Shortened
{
    public static string To(string text, int width)
    {
        if (text.Length <= width)
            return text;

        var end = (width - 1) * 2 / 5;
        return $"{text[..(width - 1 - end)]}…{text[^end..]}";
    }
}
