using System.Globalization;
using Models.Contracts;
using Models.Diagnostics;

namespace Ingestion.Worker.Definitions;

/// <summary>Lengths of time as pipelines write them: a whole number and s, m, h or d.</summary>
internal static class DurationText
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>The value of a key; null where it is not there, or was reported.</summary>
    public static TimeSpan? Duration(this YamlMap map, string key, string file, DiagnosticBag diagnostics)
    {
        if (map.Text(key) is not { } text)
            return null;
        if (Parse(text) is { } duration)
            return duration;

        diagnostics.Add(PipelineDiagnostics.BadDuration(YamlMap.SpanOf(map.Find(key)!, file), key, text));
        return null;
    }

    private static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
            return null;

        var duration = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => TimeSpan.Zero,
        };

        return duration > TimeSpan.Zero && duration <= s_longest ? duration : null;
    }
}
