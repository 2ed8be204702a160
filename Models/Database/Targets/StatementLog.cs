using Microsoft.Extensions.Logging;

namespace Models.Database.Targets;

/// <summary>
/// Passes on the text of each statement as it is sent. It takes the driver's own log, so that no way of sending one is forgotten; rows that are
/// copied are not part of it. Source: npgsql.org/doc/diagnostics/logging.html.
/// </summary>
internal sealed class StatementLog(Action<string> write) : ILoggerFactory, ILogger
{
    private const string Category = "Npgsql.Command";

    public ILogger CreateLogger(string categoryName) => categoryName == Category ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // the driver logs each statement twice, at debug level when it is sent, and asks whether the level above is read
        if (logLevel == LogLevel.Debug)
            write(formatter(state, exception));
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
