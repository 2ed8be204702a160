using Ingestion.Worker.Settings;
using Ingestion.Worker.Telemetry;
using Microsoft.Extensions.Options;
using ServiceDefaults;
using ServiceDefaults.Keys;

namespace Ingestion.Worker.Api;

/// <summary>The keys to the API.</summary>
internal sealed class ApiKeys(IOptions<IngestionOptions> options, IHostEnvironment environment, ILogger<ApiKeys> logger) : IStartCheck
{
    private readonly KeyRing<ApiKeyOptions> _keys = new();

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < options.Value.ApiKeys.Count; i++)
        {
            var given = options.Value.ApiKeys[i];
            await _keys.AddAsync(
                given.Key, given.KeyFile, $"{IngestionOptions.Section}__{nameof(IngestionOptions.ApiKeys)}__{i}__", given, cancellationToken);
        }

        if (_keys.Count == 0 && !environment.IsDevelopment())
            Log.NoKeys(logger);
    }

    /// <summary>Why a request is refused, with its status; null where it is not.</summary>
    public (int Status, string Reason)? Refusal(HttpRequest request, ApiScope scope)
    {
        if (environment.IsDevelopment())
            return null;
        if (_keys.Find(request) is not { } key)
            return (StatusCodes.Status401Unauthorized, "Send a key of this service in the header 'Authorization: Bearer KEY'.");

        return key.Scope != scope && key.Scope != ApiScope.Run
            ? (StatusCodes.Status403Forbidden, $"The key has the scope {key.Scope}; this request needs {scope}.")
            : null;
    }
}
