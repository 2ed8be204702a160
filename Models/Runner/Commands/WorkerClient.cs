using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Models.Database;

namespace Models.Runner.Commands;

/// <summary>The worker's API, as the commands use it that work on a worker.</summary>
internal sealed class WorkerClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="address">Where the worker listens.</param>
    /// <param name="key">The key that it asks for outside Development; null for none.</param>
    public WorkerClient(Uri address, string? key)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30), DefaultRequestHeaders = { { "X-Leadline-Client", "leadline" } } };
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <exception cref="RunException">The worker refuses, or does not answer.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, cancellationToken);

    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonElement> PostAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? Parse(text) : throw new RunException(Refusal(response, text));
        }
        catch (Exception exception) when (
            exception is HttpRequestException or JsonException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new RunException(
                $"No worker answers at {_http.BaseAddress}: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Start it, or give its address with " +
                $"--url or {WorkerAccess.AddressVariable}.", exception);
        }
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string Refusal(HttpResponseMessage response, string text)
    {
        var detail = response.Content.Headers.ContentType?.MediaType == "application/problem+json" && Parse(text).TryGetProperty("detail", out var said)
            ? said.GetString()
            : $"The worker answered {(int)response.StatusCode}.";
        return response.StatusCode == HttpStatusCode.Unauthorized
            ? $"{detail} Put it into {WorkerAccess.KeyVariable}, or into a file that --key-file names."
            : detail!;
    }
}
