using System.Globalization;
using Models.Contracts;

namespace Ingestion.Connectors.Values;

/// <summary>Dates and times: by the contract's format, else ISO 8601 with a blank or a T between day and time.</summary>
internal sealed class TimeText(FieldKind kind, string? format)
{
    private static readonly string[] Timestamps =
    [
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm:ss.FFFFFF",
        "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-ddTHH:mm:ss.FFFFFF",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-ddTHH:mm",
        "yyyy-MM-dd",
    ];

    private static readonly string[] WithZone =
    [
        "yyyy-MM-dd HH:mm:sszzz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFzzz",
        "yyyy-MM-ddTHH:mm:sszzz",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFzzz",
        "yyyy-MM-dd HH:mm:sszz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFzz",
        "yyyy-MM-ddTHH:mmzzz",
        "yyyy-MM-ddTHH:mm:ss'Z'",
        "yyyy-MM-ddTHH:mm:ss.FFFFFF'Z'",
        "yyyy-MM-dd HH:mm:ss'Z'",
        "yyyy-MM-dd HH:mm:ss.FFFFFF'Z'",
    ];

    /// <summary>Exports write a day with and without midnight beside it, even within one file.</summary>
    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"];

    private readonly string[] _formats = format is not null ? [format] : kind switch
    {
        FieldKind.Date => Dates,
        FieldKind.TimestampTz => WithZone,
        _ => Timestamps,
    };

    public string? Parse(ReadOnlySpan<char> text, ref FieldValue value)
    {
        if (kind == FieldKind.TimestampTz)
        {
            if (!DateTimeOffset.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
                return format is null ? "is no time with a time zone as in 2023-01-31T23:59:59Z" : Expected();

            value.Whole = moment.UtcTicks;
            return null;
        }

        if (!DateTime.TryParseExact(text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return Expected();

        if (kind == FieldKind.Date && time.TimeOfDay != TimeSpan.Zero)
            return "has a time of day, which a date cannot keep";

        value.Whole = time.Ticks;
        return null;
    }

    private string Expected() => kind == FieldKind.Date
        ? $"is no date written as {_formats[0]}"
        : $"is no time written as {_formats[0]}";
}
