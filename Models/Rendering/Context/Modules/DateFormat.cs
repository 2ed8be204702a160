using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Models.Rendering.Context.Modules;

/// <summary>Python's strftime and strptime codes: docs.python.org/3/library/datetime.html#format-codes.</summary>
internal static class DateFormat
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    public static string Format(DateTimeObject time, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            i++;
            // %-d and similar: no leading zero
            var bare = format[i] == '-' && i + 1 < format.Length;
            if (bare)
                i++;
            var part = Part(time, format[i]);
            text.Append(bare && part.Length > 1 ? part.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0" : part);
        }

        return text.ToString();
    }

    public static bool TryParse(string text, string format, out DateTimeObject? value)
    {
        value = null;
        var match = Regex.Match(text, ToPattern(format), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        if (!match.Success)
            return false;

        var hour = Number(match, "H")
            ?? (Number(match, "I") is { } hour12 ? hour12 % 12 + (match.Groups["p"].Value.StartsWith("p", StringComparison.OrdinalIgnoreCase) ? 12 : 0) : 0);
        var year = Number(match, "Y") ?? (Number(match, "y") is { } short2 ? short2 + (short2 < 69 ? 2000 : 1900) : 1900);
        var month = Number(match, "m") ?? MonthOf(match.Groups["b"].Value) ?? 1;
        var day = Number(match, "d") ?? 1;
        if (month is < 1 or > 12 || year is < 1 or > 9999 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;

        var time = new DateTime(year, month, day, hour % 24, Number(match, "M") ?? 0, Math.Min(Number(match, "S") ?? 0, 59));
        if (Number(match, "j") is { } dayOfYear)
            time = new DateTime(year, 1, 1).AddDays(dayOfYear - 1) + time.TimeOfDay;
        if (match.Groups["f"] is { Success: true } fraction)
            time = time.AddTicks(long.Parse(fraction.Value.PadRight(6, '0'), s_culture) * TimeSpan.TicksPerMicrosecond);

        value = new DateTimeObject(time, match.Groups["z"] is { Success: true } zone ? ZoneOf(zone.Value) : null);
        return true;
    }

    /// <summary>Formats an offset such as +0200, with <paramref name="separator"/> between hours and minutes; empty without an offset.</summary>
    public static string Offset(TimeSpan? offset, string separator) => offset is not { } value
        ? ""
        : $"{(value < TimeSpan.Zero ? '-' : '+')}{Math.Abs(value.Hours):00}{separator}{Math.Abs(value.Minutes):00}";

    private static string Part(DateTimeObject time, char code)
    {
        var value = time.Value;
        return code switch
        {
            'Y' => value.Year.ToString("0000", s_culture),
            'y' => value.ToString("yy", s_culture),
            'm' => value.ToString("MM", s_culture),
            'd' => value.ToString("dd", s_culture),
            'e' => value.Day.ToString(s_culture).PadLeft(2),
            'H' => value.ToString("HH", s_culture),
            'I' => value.ToString("hh", s_culture),
            'M' => value.ToString("mm", s_culture),
            'S' => value.ToString("ss", s_culture),
            'f' => value.ToString("ffffff", s_culture),
            'p' => value.ToString("tt", s_culture),
            'j' => value.DayOfYear.ToString("000", s_culture),
            'b' or 'h' => value.ToString("MMM", s_culture),
            'B' => value.ToString("MMMM", s_culture),
            'a' => value.ToString("ddd", s_culture),
            'A' => value.ToString("dddd", s_culture),
            'w' => ((int)value.DayOfWeek).ToString(s_culture),
            'u' => (DateObject.Weekday(value.DayOfWeek) + 1).ToString(s_culture),
            'U' => ((value.DayOfYear + 6 - (int)value.DayOfWeek) / 7).ToString("00", s_culture),
            'W' => ((value.DayOfYear + 6 - (int)DateObject.Weekday(value.DayOfWeek)) / 7).ToString("00", s_culture),
            'V' => ISOWeek.GetWeekOfYear(value).ToString("00", s_culture),
            'G' => ISOWeek.GetYear(value).ToString("0000", s_culture),
            'z' => Offset(time.Offset, ""),
            'Z' => time.Zone?.Name ?? "",
            'D' => value.ToString("MM/dd/yy", s_culture),
            'F' => value.ToString("yyyy-MM-dd", s_culture),
            'T' or 'X' => value.ToString("HH:mm:ss", s_culture),
            'R' => value.ToString("HH:mm", s_culture),
            'x' => value.ToString("MM/dd/yy", s_culture),
            'c' => value.ToString("ddd MMM ", s_culture) + value.Day.ToString(s_culture).PadLeft(2) + value.ToString(" HH:mm:ss yyyy", s_culture),
            's' => ((long)(time.ToUtc() - DateTime.UnixEpoch).TotalSeconds).ToString(s_culture),
            'n' => "\n",
            't' => "\t",
            '%' => "%",
            _ => $"%{code}",
        };
    }

    private static string ToPattern(string format)
    {
        var pattern = new StringBuilder("^");
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '%' && i + 1 < format.Length)
            {
                pattern.Append(format[++i] switch
                {
                    'Y' => @"(?<Y>\d{4})",
                    'f' => @"(?<f>\d{1,6})",
                    'j' => @"(?<j>\d{1,3})",
                    'b' or 'B' or 'h' => "(?<b>[a-z]+)",
                    'a' or 'A' => "[a-z]+",
                    'p' => "(?<p>[ap]m)",
                    'z' => @"(?<z>Z|[+-]\d\d:?\d\d)",
                    '%' => "%",
                    'F' => @"(?<Y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})",
                    'T' => @"(?<H>\d{1,2}):(?<M>\d{1,2}):(?<S>\d{1,2})",
                    var code => $@"(?<{code}>\d{{1,2}})",
                });
            }
            else
            {
                pattern.Append(char.IsWhiteSpace(format[i]) ? @"\s+" : Regex.Escape(format[i].ToString()));
            }
        }

        return pattern.Append('$').ToString();
    }

    private static int? Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.Value, s_culture) : null;

    private static int? MonthOf(string name)
    {
        if (name.Length < 3)
            return null;

        var index = Array.FindIndex(s_culture.DateTimeFormat.MonthNames, m => m.Length > 0 && m.StartsWith(name[..3], StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : index + 1;
    }

    private static TimeZoneObject ZoneOf(string offset)
    {
        if (offset is "Z" or "z" or "+0000" or "+00:00")
            return TimeZoneObject.Utc;

        var digits = offset[1..].Replace(":", "", StringComparison.Ordinal);
        var span = new TimeSpan(int.Parse(digits[..2], s_culture), int.Parse(digits[2..], s_culture), 0);
        if (offset[0] == '-')
            span = -span;
        var name = $"UTC{Offset(span, ":")}";
        return new TimeZoneObject(name, TimeZoneInfo.CreateCustomTimeZone(name, span, name, name));
    }
}
