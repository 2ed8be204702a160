using System.Globalization;
using System.Text.RegularExpressions;

namespace Models.Project.Seeds;

/// <summary>
/// Dates and times in a seed: <c>2026-1-31</c>, <c>2026-1-31 9:30:00</c>, or ISO 8601 with a T, which alone allows fractions of a second and a zone.
/// Source: the formats that dbt passes to agate, and the isodate library.
/// </summary>
internal static partial class SeedTime
{
    public static bool IsDate(string value) => Date().Match(value) is { Success: true } match && IsDay(match);

    public static bool IsDateTime(string value) => DateTime().Match(value) is { Success: true } match && IsDay(match) && IsTime(match);

    /// <summary>Converts an ISO 8601 time to UTC in PostgreSQL's format; null if the text is not ISO 8601.</summary>
    public static string? FromIso(string value)
    {
        if (Iso().Match(value) is not { Success: true } match || !IsDay(match) || !IsTime(match))
            return null;

        var fraction = match.Groups["fraction"].Value;
        var moment = new DateTime(
            Number(match, "year"), Number(match, "month"), Number(match, "day"), Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        if (match.Groups["sign"].Success)
        {
            var offset = new TimeSpan(Number(match, "zoneHour"), Number(match, "zoneMinute"), 0);
            moment = match.Groups["sign"].Value == "+" ? moment - offset : moment + offset;
        }

        return moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + (fraction.Length == 0 ? "" : $".{fraction}");
    }

    private static bool IsDay(Match match) =>
        Number(match, "year") is >= 1 and var year && Number(match, "month") is >= 1 and <= 12 and var month
        && Number(match, "day") is >= 1 and var day && day <= System.DateTime.DaysInMonth(year, month);

    private static bool IsTime(Match match) => Number(match, "hour") <= 23 && Number(match, "minute") <= 59 && Number(match, "second") <= 59;

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Length: > 0 } digits ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^(?<year>[0-9]{4})-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})\s+(?<hour>[0-9]{1,2}):(?<minute>[0-9]{1,2}):(?<second>[0-9]{1,2})$")]
    private static partial Regex DateTime();

    [GeneratedRegex(
        """
        ^(?<year>[0-9]{4})(?<dash>-?)(?<month>[0-9]{2})\k<dash>(?<day>[0-9]{2})T
        (?<hour>[0-9]{2})(:?(?<minute>[0-9]{2})(:?(?<second>[0-9]{2})([.,](?<fraction>[0-9]+))?)?)?
        (Z|(?<sign>[+-])(?<zoneHour>[0-9]{2})(:?(?<zoneMinute>[0-9]{2}))?)?$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Iso();
}
