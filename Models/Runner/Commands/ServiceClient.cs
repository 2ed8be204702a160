using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Models.Database;

namespace Models.Runner.Commands;

/// <summary>The API of a service, as the commands use it that work on one.</summary>
internal sealed class ServiceClient : IDisposable
{
    private readonly ServiceAccess _access;
    private readonly HttpClient _http;

    /// <param name="access">The service.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="key">The key that it asks for outside Development; null for none.</param>
    public ServiceClient(ServiceAccess access, Uri address, string? key)
    {
        _access = access;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30), DefaultRequestHeaders = { { "X-Leadline-Client", "leadline" } } };
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <exception cref="RunException">The service refuses, or does not answer.</exception>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        Parse(await SendAsync(HttpMethod.Get, path, cancellationToken));

    /// <inheritdoc cref="GetAsync"/>
    public Task<string> GetTextAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, cancellationToken);

    /// <inheritdoc cref="GetAsync"/>
    public async Task<JsonElement> PostAsync(string path, CancellationToken cancellationToken) =>
        Parse(await SendAsync(HttpMethod.Post, path, cancellationToken));

    public void Dispose() => _http.Dispose();

    private async Task<string> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? text : throw new RunException(Refusal(response, text));
        }
        catch (Exception exception) when (
            exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new RunException(
                $"No {_access.Service} answers at {_http.BaseAddress}: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Start it, or give its " +
                $"address with --url or {_access.AddressVariable}.", exception);
        }
    }

    /// <exception cref="RunException">It is no JSON: another program listens there.</exception>
    private JsonElement Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new RunException(
                $"No {_access.Service} answers at {_http.BaseAddress}: what came is no JSON. Give its address with --url or {_access.AddressVariable}.",
                exception);
        }
    }

    private string Refusal(HttpResponseMessage response, string text)
    {
        var detail = response.Content.Headers.ContentType?.MediaType == "application/problem+json" && Parse(text).TryGetProperty("detail", out var said)
            ? said.GetString()
            : $"The {_access.Service} answered {(int)response.StatusCode}.";
        return response.StatusCode == HttpStatusCode.Unauthorized
            ? $"{detail} Put it into {_access.KeyVariable}, or into a file that --key-file names."
            : detail!;
    }
}
