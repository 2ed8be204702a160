using System.Text.RegularExpressions;

namespace Models.Postgres.Machine;

/// <summary>Finds the line that matters in what PostgreSQL's programs print.</summary>
internal static partial class ServerLog
{
    /// <summary>The first error with its detail and hint, else the last line; null where nothing was printed.</summary>
    public static string? FirstError(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var at = Array.FindIndex(lines, line => ErrorPattern().IsMatch(line));
        if (at < 0)
            return lines.LastOrDefault();

        var followUps = lines.Skip(at + 1).Select(line => FollowUpPattern().Match(line)).TakeWhile(match => match.Success);
        return string.Join(" ", [Text(ErrorPattern().Match(lines[at])), .. followUps.Select(Text)]);

        static string Text(Match match) => match.Groups["text"].Value;
    }

    [GeneratedRegex(@"\b(PANIC|FATAL|ERROR|error):\s*(?<text>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorPattern();

    [GeneratedRegex(@"\b(DETAIL|HINT):\s*(?<text>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex FollowUpPattern();
}
