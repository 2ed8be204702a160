using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ServiceDefaults.Security;

namespace Ingestion.Worker.Tests;

/// <summary>The worker as users run it: a process of its own.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private WorkerProcess(Process process, Uri address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { { ClientHeader.Name, "tests" } } };
        process.OutputDataReceived += (_, e) => Append(e.Data);
        process.ErrorDataReceived += (_, e) => Append(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Http { get; }

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <param name="settings">Environment variables, for example <c>Leadline__Data</c>.</param>
    public static WorkerProcess Start(params (string Name, string Value)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ingestion.Worker.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        return new WorkerProcess(Process.Start(start)!, address);
    }

    /// <summary>Waits until <c>/health</c> says that every pipeline has run.</summary>
    public Task WaitUntilHealthyAsync() => WaitUntilHealthyAsync(Http);

    /// <summary>The same, asked at another address.</summary>
    public async Task WaitUntilHealthyAsync(HttpClient http)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await HealthAsync(http, patience.Token) != HttpStatusCode.OK)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The worker ended:\n{Output}");

            await Task.Delay(50, patience.Token);
        }
    }

    public async Task WaitForOutputAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!Output.Contains(text))
            await Task.Delay(10, patience.Token);
    }

    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Kills it as nothing can be caught: SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static async Task<HttpStatusCode?> HealthAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync("/health", cancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private void Append(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
