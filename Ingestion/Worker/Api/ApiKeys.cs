using System.Security.Cryptography;
using System.Text;
using Ingestion.Worker.Settings;
using Ingestion.Worker.Telemetry;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Ingestion.Worker.Api;

/// <summary>The keys to the API. Only their hashes are kept, and compared in a time that says nothing of how much was right.</summary>
internal sealed class ApiKeys(IOptions<IngestionOptions> options, IHostEnvironment environment, ILogger<ApiKeys> logger) : IStartCheck
{
    private const int ShortestKey = 16;
    private const string Scheme = "Bearer ";

    private readonly List<(byte[] Hash, ApiScope Scope)> _keys = [];

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < options.Value.ApiKeys.Count; i++)
        {
            var given = options.Value.ApiKeys[i];
            var key = await ReadAsync(given, Setting(i, nameof(ApiKeyOptions.KeyFile)), cancellationToken);
            if (key.Length < ShortestKey)
                throw new ServiceException(
                    $"The key of {Setting(i, nameof(ApiKeyOptions.Key))} (or {nameof(ApiKeyOptions.KeyFile)}) has {key.Length} characters; it " +
                    $"needs {ShortestKey} or more.");

            _keys.Add((Hash(key), given.Scope));
        }

        if (_keys.Count == 0 && !environment.IsDevelopment())
            Log.NoKeys(logger);
    }

    /// <summary>Why a request is refused, with its status; null where it is not.</summary>
    public (int Status, string Reason)? Refusal(HttpRequest request, ApiScope scope)
    {
        if (environment.IsDevelopment())
            return null;

        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || Find(header[Scheme.Length..].Trim()) is not { } allowed)
            return (StatusCodes.Status401Unauthorized, "Send a key of this service in the header 'Authorization: Bearer KEY'.");

        return allowed < scope ? (StatusCodes.Status403Forbidden, $"The key has the scope {allowed}; this request needs {scope}.") : null;
    }

    private ApiScope? Find(string key)
    {
        var hash = Hash(key);
        ApiScope? found = null;
        foreach (var (known, scope) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
                found = scope;
        }

        return found;
    }

    private static async Task<string> ReadAsync(ApiKeyOptions given, string setting, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(given.KeyFile))
            return given.Key?.Trim() ?? "";

        try
        {
            return (await File.ReadAllTextAsync(given.KeyFile, cancellationToken)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ServiceException($"The file '{given.KeyFile}' of {setting} cannot be read: {exception.Message}", exception);
        }
    }

    private static string Setting(int index, string name) => $"{IngestionOptions.Section}__{nameof(IngestionOptions.ApiKeys)}__{index}__{name}";

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
