using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Serving.Api.Configuration;
using Serving.Api.Telemetry;
using ServiceDefaults;
using ServiceDefaults.Keys;

namespace Serving.Api.Access;

/// <summary>Who may do what. In Development everybody may do everything; elsewhere a key is needed.</summary>
internal sealed class ApiAccess(IOptions<ServingOptions> options, IHostEnvironment environment, TimeProvider time, ILogger<ApiAccess> logger)
    : IStartCheck, IDisposable
{
    private readonly KeyRing<Grant> _keys = new();
    private readonly List<RateLimiter> _limiters = [];

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < options.Value.Keys.Count; i++)
        {
            var given = options.Value.Keys[i];
            var limiter = given.PerMinute is { } limit ? Limiter(limit) : null;
            IReadOnlyCollection<ApiScope> scopes = given.Scopes.Count == 0 ? [ApiScope.Predict] : [.. given.Scopes];
            await _keys.AddAsync(
                given.Key, given.KeyFile, $"{ServingOptions.Section}__{nameof(ServingOptions.Keys)}__{i}__", new Grant(given.Name, scopes, limiter),
                cancellationToken);
        }

        if (_keys.Count == 0 && !environment.IsDevelopment())
            Log.NoKeys(logger);
    }

    /// <summary>Why a request is refused; null where it is not.</summary>
    /// <param name="caller">Who asks, for the log.</param>
    public Refusal? Refuse(HttpRequest request, ApiScope scope, out string caller)
    {
        caller = "anybody in Development";
        if (environment.IsDevelopment())
            return null;

        var grant = _keys.Find(request);
        caller = grant?.Name ?? "somebody without a key";
        if (grant is null)
            return new Refusal(StatusCodes.Status401Unauthorized, "Send a key of this service in the header 'Authorization: Bearer KEY'.");
        if (!grant.Scopes.Contains(scope) && !grant.Scopes.Contains(ApiScope.Admin))
        {
            var has = string.Join(", ", grant.Scopes);
            return new Refusal(StatusCodes.Status403Forbidden, $"The key is good for {has}; this request needs {scope}.");
        }

        return grant.Limiter is { } limiter && !limiter.AttemptAcquire().IsAcquired
            ? new Refusal(StatusCodes.Status429TooManyRequests, "The key has asked as often as it may in a minute.", RetryAfter())
            : null;
    }

    public void Dispose()
    {
        foreach (var limiter in _limiters)
            limiter.Dispose();
    }

    private SlidingWindowRateLimiter Limiter(int limit)
    {
        var limiter = new SlidingWindowRateLimiter(new SlidingWindowRateLimiterOptions
        {
            PermitLimit = limit,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
        });
        _limiters.Add(limiter);
        return limiter;
    }

    /// <summary>The seconds to the end of this minute.</summary>
    private string RetryAfter() => (60 - time.GetUtcNow().Second).ToString(CultureInfo.InvariantCulture);

    private sealed record Grant(string Name, IReadOnlyCollection<ApiScope> Scopes, RateLimiter? Limiter);
}

/// <param name="RetryAfter">Seconds after which the request may be repeated; null where that does not help.</param>
internal sealed record Refusal(int Status, string Reason, string? RetryAfter = null);
