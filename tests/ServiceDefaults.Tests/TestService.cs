using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Tests;

/// <summary>A service with nothing but the defaults, and what it logged.</summary>
internal sealed class TestService : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public TestService(params string[] settings)
    {
        Builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", .. settings]);
        Builder.AddServiceDefaults();
        Builder.Logging.ClearProviders().AddProvider(this);
    }

    public WebApplicationBuilder Builder { get; }

    /// <summary>Adds endpoints beside the default ones.</summary>
    public Action<WebApplication>? Map { get; set; }

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Runs to the end; once it is up, <paramref name="whenUp"/> is called with its address.</summary>
    public async Task<int> RunAsync(Func<Uri, Task>? whenUp = null)
    {
        var app = Builder.Build();
        app.MapDefaultEndpoints();
        Map?.Invoke(app);
        app.Lifetime.ApplicationStarted.Register(() => _ = UseAsync());
        return await app.RunServiceAsync(TestContext.Current.CancellationToken);

        async Task UseAsync()
        {
            if (whenUp is null)
                return;

            await whenUp(new Uri(app.Urls.First()));
            app.Lifetime.StopApplication();
        }
    }

    public ILogger CreateLogger(string categoryName) => new LineLogger(this);

    public void Dispose()
    {
        // the lines are read after the service has ended
    }

    private sealed class LineLogger(TestService service) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                service._lines.Enqueue(formatter(state, exception));
        }
    }
}
