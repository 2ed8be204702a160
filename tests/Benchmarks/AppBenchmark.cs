using System.Diagnostics;
using System.Net.Http.Json;

namespace Benchmarks;

/// <summary>
/// The whole application: from the start of a built AppHost on an empty database to the first answer of POST /predict, the same on the
/// data that is there then, what an answer costs beside an endpoint that does nothing, and how long it takes to stop. Data:
/// LEADLINE_BENCHMARK_DATA, else the generated sample.
/// </summary>
internal sealed class AppBenchmark : IBenchmark
{
    private const string Url = "http://localhost:5988";
    private const int Requests = 2_000;

    /// <summary>The first lead of the published files, and of the sample.</summary>
    private static readonly object s_lead = new { contact_id = 448214219 };

    public string Name => "app";

    public string Description => "start of the application to the first score; /predict beside a bare endpoint";

    public async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        using var client = new HttpClient { BaseAddress = new Uri(Url) };
        foreach (var (state, goal) in new[] { ("empty", 15), ("loaded", 12) })
        {
            await using var app = Start(folder.Path);
            var seconds = await app.UntilAsync(() => client.PostAsJsonAsync("/predict", s_lead, cancellationToken), cancellationToken);
            report.Figure($"start to first score, database {state}", seconds, "s", goal);

            if (state == "loaded")
            {
                var bare = await MedianMillisecondsAsync(() => client.GetAsync("/alive", cancellationToken));
                var predict = await MedianMillisecondsAsync(() => client.PostAsJsonAsync("/predict", s_lead, cancellationToken));
                report.Figure("bare endpoint (/alive), median of one client", bare, "ms");
                report.Figure("POST /predict, median of one client", predict, "ms");
                report.Figure("POST /predict / bare endpoint", predict / bare, "x");
                await app.UntilAsync(() => client.GetAsync("/health", cancellationToken), cancellationToken);
                report.Figure("SIGTERM to the host's end", await app.StopAsync(cancellationToken), "s", 4);
            }
        }
    }

    private static BackgroundProcess Start(string folder)
    {
        string[] data = Environment.GetEnvironmentVariable("LEADLINE_BENCHMARK_DATA") is { } given ? ["--data", given] : [];
        return new BackgroundProcess(
            Repository.Program("AppHost", "AppHost"),
            ["--port", new Uri(Url).Port.ToString(), "--database", folder, .. data],
            new Dictionary<string, string>(StringComparer.Ordinal));
    }

    private static async Task<double> MedianMillisecondsAsync(Func<Task<HttpResponseMessage>> ask)
    {
        var all = new List<double>(Requests);
        for (var i = 0; i < Requests; i++)
        {
            var clock = Stopwatch.StartNew();
            using var response = await ask();
            if (!response.IsSuccessStatusCode)
                throw new BenchmarkException($"An answer was {(int)response.StatusCode}.");

            await response.Content.ReadAsByteArrayAsync();
            all.Add(clock.Elapsed.TotalMilliseconds);
        }

        all.Sort();
        return all[Requests / 2];
    }
}
