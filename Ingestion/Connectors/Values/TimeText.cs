using System.Globalization;
using Models.Contracts;

namespace Ingestion.Connectors.Values;

/// <summary>
/// Parses dates and times in the contract's format, otherwise in ISO 8601 with a space or a T between date and time, with optional seconds and up to
/// nine fraction digits, as .NET (seven), Java and Go (nine) write them. The result is rounded to microseconds, as in PostgreSQL.
/// </summary>
internal sealed class TimeText(FieldKind kind, string? format)
{
    private const int MaxLength = 40;
    private const int KeptDigits = 6;
    private const int MaxDigits = 9;
    private const long LastMicrosecond = 3_155_378_975_999_999_990;

    // the text is first normalized to this form: a space before the time, no fraction
    private static readonly string[] WithoutZone = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];
    private static readonly string[] InUtc = ["yyyy-MM-dd HH:mm:ss'Z'", "yyyy-MM-dd HH:mm'Z'"];
    private static readonly string[] WithOffset =
        ["yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mm:sszz", "yyyy-MM-dd HH:mmzzz", "yyyy-MM-dd HH:mmzz", "yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd HH:mm zzz"];

    private readonly string[]? _given = format is null ? null : [format];

    /// <summary>Returns null and the ticks, in UTC for a time with a zone; otherwise the error.</summary>
    public string? Parse(ReadOnlySpan<char> text, ref FieldValue value)
    {
        if (format is null && TryParseUsual(text, out value.Whole))
            return null;

        Span<char> buffer = stackalloc char[MaxLength];
        scoped var plain = text;
        var fraction = 0L;
        if (format is null)
        {
            if (!TryMakePlain(text, buffer, out var length, out fraction))
                return Expected();

            plain = buffer[..length];
        }

        if (!TryParse(plain, out var ticks))
            return Expected();

        // rounding the last moment of .NET's range up would exceed the range
        value.Whole = Math.Min(ticks + fraction, LastMicrosecond);
        return kind == FieldKind.Date && value.Whole % TimeSpan.TicksPerDay != 0 ? "has a time of day, which a date cannot keep" : null;
    }

    /// <summary>Rounds ticks to microseconds, as parsing the text of the time does.</summary>
    public static long Round(long ticks)
    {
        const long Tick = TimeSpan.TicksPerMicrosecond;
        return Math.Min((ticks + (Tick / 2)) / Tick * Tick, LastMicrosecond);
    }

    /// <summary>Parses the usual spellings digit by digit: a date, a time without a fraction, and one in UTC.</summary>
    private bool TryParseUsual(ReadOnlySpan<char> text, out long ticks)
    {
        const int DayLength = 10;
        const int TimeLength = 19;
        ticks = 0;
        var isDay = text.Length == DayLength && kind != FieldKind.TimestampTz;
        var isTime = kind == FieldKind.Timestamp && text.Length == TimeLength;
        var isMoment = kind == FieldKind.TimestampTz && text.Length == TimeLength + 1 && text[^1] is 'Z' or 'z';
        if (!isDay && !isTime && !isMoment)
            return false;
        if (text[4] != '-' || text[7] != '-' || !TryReadDigits(text[..4], out var year) || !TryReadDigits(text[5..7], out var month)
            || !TryReadDigits(text[8..10], out var day) || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;

        var (hour, minute, second) = (0, 0, 0);
        if (!isDay && (text[10] is not (' ' or 'T' or 't') || text[13] != ':' || text[16] != ':' || !TryReadDigits(text[11..13], out hour)
            || !TryReadDigits(text[14..16], out minute) || !TryReadDigits(text[17..19], out second) || hour > 23 || minute > 59 || second > 59))
            return false;

        ticks = new DateTime(year, month, day, hour, minute, second).Ticks;
        return true;
    }

    private static bool TryReadDigits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;

            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    private bool TryParse(ReadOnlySpan<char> text, out long ticks)
    {
        if (kind != FieldKind.TimestampTz)
        {
            var isTime = DateTime.TryParseExact(text, _given ?? WithoutZone, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
            ticks = time.Ticks;
            return isTime;
        }

        var formats = _given ?? (text.EndsWith("Z") ? InUtc : WithOffset);
        var isMoment = DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment);
        ticks = moment.UtcTicks;
        return isMoment;
    }

    /// <summary>Extracts the fraction of a second, and normalizes T and z; returns false if the text is invalid.</summary>
    private static bool TryMakePlain(ReadOnlySpan<char> text, Span<char> plain, out int length, out long fraction)
    {
        const int DayLength = 10;
        length = 0;
        fraction = 0;
        if (text.Length > plain.Length)
            return false;

        var point = text.IndexOf('.');
        var digits = point < 0 ? 0 : DigitsFrom(text[(point + 1)..]);
        // only seconds may have a fraction, not minutes
        if (point >= 0 && (digits is 0 or > MaxDigits || text[..point].Count(':') != 2 || !TryReadFraction(text.Slice(point + 1, digits), out fraction)))
            return false;

        var rest = point < 0 ? default : text[(point + 1 + digits)..];
        length = point < 0 ? text.Length : point;
        text[..length].CopyTo(plain);
        rest.CopyTo(plain[length..]);
        length += rest.Length;
        if (length > DayLength && plain[DayLength] is 'T' or 't')
            plain[DayLength] = ' ';
        if (length > DayLength && plain[length - 1] == 'z')
            plain[length - 1] = 'Z';

        return true;
    }

    private static int DigitsFrom(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static bool TryReadFraction(ReadOnlySpan<char> digits, out long ticks)
    {
        ticks = 0;
        var kept = digits[..Math.Min(digits.Length, KeptDigits)];
        if (!long.TryParse(kept, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds))
            return false;

        for (var i = kept.Length; i < KeptDigits; i++)
            microseconds *= 10;
        if (digits.Length > KeptDigits && digits[KeptDigits] >= '5')
            microseconds++;

        ticks = microseconds * TimeSpan.TicksPerMicrosecond;
        return true;
    }

    private string Expected() => kind switch
    {
        FieldKind.TimestampTz when format is null => "is no time with a time zone as in 2023-01-31T23:59:59Z",
        FieldKind.Date => $"is no date written as {format ?? "yyyy-MM-dd"}",
        _ => $"is no time written as {format ?? WithoutZone[0]}",
    };
}
