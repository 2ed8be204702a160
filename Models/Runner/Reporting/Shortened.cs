namespace Models.Runner.Reporting;

/// <summary>Makes a text fit by leaving out of its middle: names differ at their ends.</summary>
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
