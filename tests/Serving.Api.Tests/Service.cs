using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Serving.Api.Configuration;
using System.Net.Http.Json;
using System.Text.Json;

namespace Serving.Api.Tests;

/// <summary>The API as its Program starts it, on a warehouse.</summary>
internal sealed class Service(string connectionString) : WebApplicationFactory<ServingOptions>
{
    private HttpClient? _client;

    public HttpClient Client => _client ??= CreateClient();

    public Task<(int Status, JsonElement Body)> PredictAsync(long contactId) => PostAsync($$"""{"contact_id": {{contactId}}}""");

    public async Task<(int Status, JsonElement Body)> PostAsync(string body, string contentType = "application/json")
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(contentType));
        using var response = await Client.PostAsync("/predict", content);
        return await ReadAsync(response);
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        return await ReadAsync(response);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:warehouse", connectionString);
        builder.UseSetting("Serving:RefreshInterval", "00:00:00.050");
    }

    private static async Task<(int Status, JsonElement Body)> ReadAsync(HttpResponseMessage response) =>
        ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
}
