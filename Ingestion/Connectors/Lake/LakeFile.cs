using System.Globalization;
using System.Text.RegularExpressions;

namespace Ingestion.Connectors.Lake;

/// <summary>A file of a table in a lake: <c>{table}-{time}.{format}</c>.</summary>
/// <param name="Table">The table; with its schema (<c>sales.orders</c>) unless that is <c>public</c>.</param>
/// <param name="ExtractedAt">When its content was read.</param>
/// <param name="Format">The connector that reads it.</param>
/// <param name="Name">The file's name.</param>
public sealed partial record LakeFile(string Table, DateTimeOffset ExtractedAt, string Format, string Name)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public static LakeFile For(string table, DateTimeOffset extractedAt, string format) => new(
        table, extractedAt, format, $"{table}-{extractedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}.{format}");

    /// <summary>The files of a folder, the newest of each table first; other files are left out.</summary>
    /// <param name="folder">The full path; a folder that does not exist has none.</param>
    public static ILookup<string, LakeFile> List(string folder) =>
        (Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
        .Select(path => Parse(Path.GetFileName(path)))
        .OfType<LakeFile>()
        .OrderByDescending(f => f.ExtractedAt)
        .ToLookup(f => f.Table, StringComparer.Ordinal);

    private static LakeFile? Parse(string name) =>
        Pattern().Match(name) is { Success: true } match
        && DateTimeOffset.TryParseExact(
            match.Groups["time"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new LakeFile(match.Groups["table"].Value, time, match.Groups["format"].Value, name)
            : null;

    [GeneratedRegex(
        @"^(?<table>.+)-(?<time>\d{8}T\d{6}Z)\.(?<format>ndjson|parquet)(?:\.gz|\.zst)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
