using System.CommandLine;
using Models.Runner.Reporting;

namespace Models.Runner.Flags;

/// <summary>The flags that control the output of a run.</summary>
internal static class ReportFlags
{
    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Print only errors.", Recursive = true };
    private static readonly Option<bool> Debug = new("--debug", "-d") { Description = "Also print debug messages.", Recursive = true };
    private static readonly Option<bool?> UseColors = new("--use-colors", "--color")
    {
        Description = "Print with colours, even into a file; --no-use-colors disables them.", Recursive = true,
    };
    private static readonly Option<string> Format = OneOf("--log-format", "text or json.", "text", "json", "default", "debug");
    private static readonly Option<string> Level = OneOf(
        "--log-level", "The minimum level of messages: debug, info, warn, error or none.", "info", "debug", "warn", "error", "none");
    private static readonly Option<string?> LogPath = new("--log-path")
    {
        Description = "The folder for a log file dbt.log.", Recursive = true,
    };
    private static readonly Option<int> PrinterWidth = new("--printer-width")
    {
        Description = "The width to which lines are padded.", DefaultValueFactory = _ => 80, Recursive = true,
    };

    public static IEnumerable<Option> All => [Quiet, Debug, UseColors, Format, Level, LogPath, PrinterWidth];

    public static bool IsJson(ParseResult parsed) => parsed.GetValue(Format) == "json";

    /// <summary>The folder for a log file, or null.</summary>
    public static string? LogFolder(ParseResult parsed) => parsed.GetValue(LogPath) is { } folder ? Path.GetFullPath(folder) : null;

    public static ReportStyle Style(ParseResult parsed)
    {
        var plain = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Console.IsOutputRedirected;
        return new ReportStyle(parsed.GetValue(UseColors) ?? !plain, ReadLevel(parsed)) { Width = Math.Max(20, parsed.GetValue(PrinterWidth)) };
    }

    private static LogLevel ReadLevel(ParseResult parsed)
    {
        var level = Enum.Parse<LogLevel>(parsed.GetRequiredValue(Level), ignoreCase: true);
        if (parsed.GetValue(Debug) && level > LogLevel.Debug)
            level = LogLevel.Debug;
        return parsed.GetValue(Quiet) && level < LogLevel.Error ? LogLevel.Error : level;
    }

    private static Option<string> OneOf(string name, string description, params string[] words)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => words[0], Recursive = true };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, words);
        return option;
    }
}
