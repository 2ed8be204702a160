using System.Text.RegularExpressions;

namespace AppHost.Launch;

/// <summary>Reads the log lines of the services (<c>17:30:05 error What happened</c>) and of PostgreSQL (<c>FATAL:  what happened</c>).</summary>
internal static partial class LogText
{
    public static bool IsError(string line) => Error().IsMatch(line);

    /// <summary>The line without the time and the level.</summary>
    public static string Message(string line) => Prefix().Replace(line, "").Trim();

    [GeneratedRegex(@"^(\S+Z )?\d\d:\d\d:\d\d error |\b(ERROR|FATAL|PANIC): ", RegexOptions.ExplicitCapture)]
    private static partial Regex Error();

    [GeneratedRegex(@"^(\d{4}-\S+Z )?(\d\d:\d\d:\d\d )?(error |warn )?", RegexOptions.ExplicitCapture)]
    private static partial Regex Prefix();
}
