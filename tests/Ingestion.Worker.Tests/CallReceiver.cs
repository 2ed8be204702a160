using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ingestion.Worker.Tests;

/// <summary>The other end of a pipeline's calls and webhooks: counts them, and answers as the test says.</summary>
internal sealed class CallReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _underWay = new(StringComparer.Ordinal);

    private CallReceiver(WebApplication app) => _app = app;

    /// <summary>The status and the delay of an answer, from the path and the number of the call to it, from 1.</summary>
    public Func<string, int, (int Status, TimeSpan Delay)> Answer { get; set; } = (_, _) => (200, TimeSpan.Zero);

    public string Url => _app.Urls.Single();

    /// <summary>The bodies of the calls, in their order.</summary>
    public ConcurrentQueue<(string Path, string Body)> Calls { get; } = new();

    /// <summary>The paths that were called again while a call to them was under way.</summary>
    public ConcurrentBag<string> Overlaps { get; } = [];

    public static async Task<CallReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new CallReceiver(builder.Build());
        receiver._app.Run(receiver.AnswerAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public int Count(string path) => _counts.GetValueOrDefault(path);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        using var reader = new StreamReader(context.Request.Body);
        Calls.Enqueue((path, await reader.ReadToEndAsync()));
        var count = _counts.AddOrUpdate(path, 1, (_, n) => n + 1);
        if (_underWay.AddOrUpdate(path, 1, (_, n) => n + 1) > 1)
            Overlaps.Add(path);

        try
        {
            var (status, delay) = Answer(path, count);
            await Task.Delay(delay, context.RequestAborted);
            context.Response.StatusCode = status;
        }
        catch (OperationCanceledException)
        {
            // the worker gave up
        }
        finally
        {
            _underWay.AddOrUpdate(path, 0, (_, n) => n - 1);
        }
    }
}
