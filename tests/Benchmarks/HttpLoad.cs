using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Benchmarks;

/// <summary>
/// A closed loop of POST requests: each connection sends the next one when the answer to the last is there. It runs in a process of its own (this
/// program, called with <see cref="ChildCommand"/>) over plain sockets, so that it takes little of the processor that the service needs.
/// </summary>
internal sealed class HttpLoad(Uri url, int connections, double seconds, string key, string expected, IReadOnlyList<string> bodies)
{
    public const string ChildCommand = "http-load";

    private readonly List<(long At, long Ticks)>[] _answers = new List<(long, long)>[connections];
    private readonly byte[][] _requests =
    [
        .. bodies.Select(body => Encoding.UTF8.GetBytes(
            $"POST {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n" +
            $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}")),
    ];
    private readonly byte[] _expected = Encoding.UTF8.GetBytes(expected);

    /// <summary>Runs the loop in a child process.</summary>
    /// <param name="expected">What every answer must hold.</param>
    public static LoadFigures Run(Uri url, int connections, double seconds, string key, string expected, IEnumerable<string> bodies)
    {
        var run = ProcessRun.Start(
            Environment.ProcessPath!,
            [ChildCommand, url.ToString(), $"{connections}", seconds.ToString(CultureInfo.InvariantCulture), key, expected],
            input: string.Join('\n', bodies));
        return JsonSerializer.Deserialize<LoadFigures>(run.Output)!;
    }

    /// <summary>The child process.</summary>
    public static async Task<int> RunChildAsync(string[] arguments)
    {
        var bodies = (await Console.In.ReadToEndAsync()).Split('\n');
        var load = new HttpLoad(
            new Uri(arguments[0]), int.Parse(arguments[1], CultureInfo.InvariantCulture), double.Parse(arguments[2], CultureInfo.InvariantCulture),
            arguments[3], arguments[4], bodies);
        Console.WriteLine(JsonSerializer.Serialize(await load.RunAsync()));
        return 0;
    }

    private async Task<LoadFigures> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(() => LoopAsync(connection, clock))));
        var elapsed = clock.Elapsed.TotalSeconds;
        var answers = _answers.SelectMany(one => one).ToList();
        return new LoadFigures(
            answers.Count, elapsed, Quantile(answers, 0.5), Quantile(answers, 0.99),
            answers.GroupBy(one => one.At / Stopwatch.Frequency).Max(second => Quantile([.. second], 0.99)));
    }

    private async Task LoopAsync(int connection, Stopwatch clock)
    {
        var answers = _answers[connection] = [];
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        var reader = new HttpAnswerReader(socket);
        for (var i = connection; clock.Elapsed.TotalSeconds < seconds; i += connections)
        {
            var start = clock.ElapsedTicks;
            await socket.SendAsync(_requests[i % _requests.Length]);
            var answer = await reader.ReadAsync();
            if (!answer.Span.StartsWith("HTTP/1.1 200"u8) || answer.Span.IndexOf(_expected) < 0)
                throw new BenchmarkException($"An answer is not what was expected: {Encoding.UTF8.GetString(answer.Span)}");
            answers.Add((clock.ElapsedTicks, clock.ElapsedTicks - start));
        }
    }

    private static double Quantile(List<(long At, long Ticks)> answers, double share)
    {
        var ticks = answers.Select(one => one.Ticks).Order().ToList();
        return ticks[(int)((ticks.Count - 1) * share)] * 1000.0 / Stopwatch.Frequency;
    }
}

/// <param name="Median">Of an answer, in milliseconds.</param>
/// <param name="WorstSecond">The highest 99th percentile of any second, in milliseconds.</param>
internal sealed record LoadFigures(int Requests, double Seconds, double Median, double P99, double WorstSecond)
{
    public double PerSecond => Requests / Seconds;
}
