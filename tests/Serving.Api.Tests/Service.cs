using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using Serving.Api.Configuration;

namespace Serving.Api.Tests;

/// <summary>The API as its Program starts it, on a warehouse; what it logs as a warning or worse, and the spans it exports, are kept.</summary>
internal sealed class Service(string connectionString, params (string Key, string Value)[] settings) : WebApplicationFactory<ServingOptions>
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly List<Activity> _spans = [];
    private HttpClient? _client;

    public HttpClient Client => _client ??= CreateClient();

    public IReadOnlyCollection<string> Lines => _lines;

    public IReadOnlyList<Activity> Spans
    {
        get
        {
            Services.GetRequiredService<TracerProvider>().ForceFlush();
            return [.. _spans];
        }
    }

    /// <summary>Has it listen on a port of this machine instead of in memory, for other programs.</summary>
    public Uri Listen()
    {
        UseKestrel(0);
        StartServer();
        return new Uri(Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
    }

    public Task<(int Status, JsonElement Body)> PredictAsync(long contactId) => PostAsync($$"""{"contact_id": {{contactId}}}""");

    public Task<(int Status, JsonElement Body)> PostAsync(string body, string contentType = "application/json") =>
        PostAsync(Encoding.UTF8.GetBytes(body), contentType);

    public async Task<(int Status, JsonElement Body)> PostToAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Leadline-Client", "tests");
        using var response = await Client.SendAsync(request);
        return await ReadAsync(response);
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(byte[] body, string contentType = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(contentType);
        using var response = await Client.PostAsync("/predict", content);
        return await ReadAsync(response);
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        return await ReadAsync(response);
    }

    public async Task<int> HealthAsync()
    {
        using var response = await Client.GetAsync("/health");
        return (int)response.StatusCode;
    }

    /// <summary>Waits for a line that holds <paramref name="text"/>.</summary>
    public async Task LineAsync(string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
            await Task.Delay(20, limit.Token);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:warehouse", connectionString);
        builder.UseSetting("Serving:RefreshInterval", "00:00:00.050");
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.AddProvider(new LineProvider(_lines)));
        builder.ConfigureTestServices(services => services.ConfigureOpenTelemetryTracerProvider(
            traces => traces.SetSampler(new ParentBasedSampler(new AlwaysOnSampler())).AddInMemoryExporter(_spans)));
    }

    private static async Task<(int Status, JsonElement Body)> ReadAsync(HttpResponseMessage response) =>
        ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());

    private sealed class LineProvider(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
        }

        public void Dispose()
        {
            // the lines are read after the service has ended
        }
    }
}
