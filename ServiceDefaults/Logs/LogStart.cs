using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ServiceDefaults.Logs;

/// <summary>Chooses how logs look on the console.</summary>
internal static class LogStart
{
    public static void AddConsoleLogs(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        if (builder.Environment.IsDevelopment())
            builder.Logging.AddConsole(options => options.FormatterName = LineFormatter.FormatterName);
        else
            builder.Logging.AddJsonConsole(options => options.UseUtcTimestamp = true);

        // what the frameworks tell about every request and statement belongs to traces
        foreach (var category in (string[])["Microsoft", "System", "Npgsql"])
            builder.Logging.AddFilter(category, LogLevel.Warning);

        // a connection that breaks is reported, in one line, by the code that uses it
        builder.Logging.AddFilter("Npgsql.Connection", LogLevel.Critical);

        // "not yet" is an answer, not an error, and is asked for many times a second while a service starts
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);

        // ServiceRun says in its own words why a service ended
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
