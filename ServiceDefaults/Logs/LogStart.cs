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

        // ServiceRun says in its own words why a service ended
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
