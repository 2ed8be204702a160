using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Benchmarks;

/// <summary>A worker on its sample data that runs while it is measured.</summary>
internal sealed class BenchmarkWorker : IAsyncDisposable
{
    private readonly BackgroundProcess _process;

    /// <param name="projects">The folder of the dbt projects.</param>
    /// <param name="connectionString">The warehouse's database.</param>
    /// <param name="cache">Where samples are written; null for the user's cache, with few leads.</param>
    public BenchmarkWorker(string projects, string connectionString, string? cache = null)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        Http = new HttpClient { BaseAddress = new Uri(url), DefaultRequestHeaders = { { "X-Leadline-Client", "benchmark" } } };
        _process = new BackgroundProcess(Repository.Program("Ingestion/Worker", "Ingestion.Worker"), [], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = url,
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__warehouse"] = $"{connectionString};Search Path=dev_benchmark",
            ["Leadline__Projects"] = projects,
            [cache is null ? "Leadline__SampleLeads" : "LEADLINE_CACHE"] = cache ?? "100",
        });
    }

    public HttpClient Http { get; }

    /// <summary>The most resident memory until now.</summary>
    public double PeakMegabytes => _process.PeakMegabytes;

    /// <summary>The processor time that it has used.</summary>
    public double ProcessorSeconds => _process.ProcessorSeconds;

    /// <summary>The seconds from the start until every pipeline has run.</summary>
    public Task<double> HealthyAsync(CancellationToken cancellationToken) =>
        _process.UntilAsync(() => Http.GetAsync("/health", cancellationToken), cancellationToken);

    /// <summary>Runs a pipeline to its end.</summary>
    public async Task RunAsync(string pipeline, CancellationToken cancellationToken)
    {
        using var accepted = await Http.PostAsync($"/pipelines/{pipeline}/run", content: null, cancellationToken);
        var id = (await accepted.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetGuid();
        JsonElement run;
        do
        {
            await Task.Delay(25, cancellationToken);
            run = (await Http.GetFromJsonAsync<JsonElement>($"/pipelines/{pipeline}/runs/{id}", cancellationToken)).GetProperty("run");
        }
        while (run.GetProperty("finishedAt").ValueKind == JsonValueKind.Null);

        if (run.GetProperty("status").GetString() != "Succeeded")
            throw new BenchmarkException($"The run of {pipeline} did not succeed: {run}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
