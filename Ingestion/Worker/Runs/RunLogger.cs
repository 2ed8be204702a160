using System.Collections.Concurrent;
using Ingestion.Worker.History;

namespace Ingestion.Worker.Runs;

/// <summary>Passes what a step says on to the service's log, and keeps it for the history of its run.</summary>
internal sealed class RunLogger(ILogger service, string step, TimeProvider time) : ILogger
{
    private const int LongestMessage = 10_000;

    private readonly ConcurrentQueue<RunLogLine> _lines = new();

    /// <summary>The attempt that is under way.</summary>
    public int Attempt { get; set; } = 1;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => service.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        service.Log(logLevel, eventId, state, exception, formatter);
        if (!IsEnabled(logLevel))
            return;

        var message = formatter(state, exception);
        _lines.Enqueue(
            new RunLogLine(step, Attempt, time.GetUtcNow(), logLevel.ToString(), message.Length > LongestMessage ? message[..LongestMessage] : message));
    }

    /// <summary>What was said since the last time.</summary>
    public IReadOnlyList<RunLogLine> Take()
    {
        var lines = new List<RunLogLine>();
        while (_lines.TryDequeue(out var line))
            lines.Add(line);
        return lines;
    }
}
