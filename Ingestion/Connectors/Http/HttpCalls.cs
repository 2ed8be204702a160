using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Ingestion.Connectors.Sources;
using Models.Contracts;
using Models.Diagnostics;
using Polly;
using Polly.Retry;

namespace Ingestion.Connectors.Http;

/// <summary>
/// Sends the requests of one load sequentially, at the contract's rate, with authentication, and with retries if the API is busy or does not respond.
/// Messages show addresses without the query, which may contain a secret.
/// </summary>
internal sealed class HttpCalls : IDisposable
{
    private const long MaxAnswerBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly Contract _contract;
    private readonly HttpOptions _options;
    private readonly string? _secret;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly ResiliencePipeline<HttpResponseMessage> _retries;
    private string? _token;
    private long _lastRequest;

    public HttpCalls(Contract contract, HttpOptions options, IReadOnlyDictionary<string, string> secrets, TimeProvider time)
    {
        _contract = contract;
        _options = options;
        _time = time;
        _secret = FindSecret(secrets);
        // a redirect would send the secret to another address
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All })
        {
            Timeout = options.Timeout,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _retries = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = TimeSpan.FromSeconds(30),
                ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                    .Handle<HttpRequestException>(IsPassing)
                    .Handle<TaskCanceledException>(e => e.InnerException is TimeoutException)
                    .HandleResult(IsBusy),
                DelayGenerator = arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Result)),
                OnRetry = arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    return default;
                },
            })
            .Build();
    }

    /// <summary>The address without its query, for messages and <c>meta_source_file</c>.</summary>
    public static string Shown(Uri address) => address.GetLeftPart(UriPartial.Path);

    /// <summary>Sends a request and reads the whole response.</summary>
    /// <exception cref="DiagnosticException">There is no response, or it is an error.</exception>
    public async Task<HttpAnswer> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        var isOAuth = _options.Authentication is { Kind: HttpAuthenticationKind.OAuth };
        for (var isRepeated = !isOAuth; ; isRepeated = true)
        {
            if (isOAuth)
                _token ??= await GetTokenAsync(_options.Authentication!, cancellationToken);

            using var response = await SendAsync(address, () => Request(address), cancellationToken);
            // the token may have expired since the previous page
            if (response.StatusCode == HttpStatusCode.Unauthorized && !isRepeated)
            {
                _token = null;
                continue;
            }

            if (!response.IsSuccessStatusCode)
                throw Fail(address, Describe(response));

            var next = response.Headers.TryGetValues("Link", out var links) ? LinkHeader.Next(links) : null;
            return new HttpAnswer(await response.Content.ReadAsByteArrayAsync(cancellationToken), next);
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(Uri address)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        foreach (var (name, value) in _options.Headers)
            request.Headers.TryAddWithoutValidation(name, value);

        switch (_options.Authentication)
        {
            case { Kind: HttpAuthenticationKind.Header } header:
                request.Headers.TryAddWithoutValidation(header.Name, header.Prefix + _secret);
                break;
            case { Kind: HttpAuthenticationKind.Query } query:
                var parameter = $"{Uri.EscapeDataString(query.Name)}={Uri.EscapeDataString(_secret!)}";
                request.RequestUri = new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query}&{parameter}" : parameter }.Uri;
                break;
            case { Kind: HttpAuthenticationKind.OAuth }:
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
                break;
        }

        return request;
    }

    private async Task<string> GetTokenAsync(HttpAuthentication authentication, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = authentication.ClientId,
            ["client_secret"] = _secret!,
        };
        if (authentication.Scope.Length > 0)
            form["scope"] = authentication.Scope;

        var address = authentication.TokenUrl!;
        using var response = await SendAsync(
            address, () => new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) }, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw Fail(address, Describe(response));

        try
        {
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return json.RootElement.GetProperty("access_token").GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Fail(address, "its answer holds no access_token", exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        try
        {
            return await _retries.ExecuteAsync(
                async token =>
                {
                    await WaitForTurnAsync(token);
                    return await _client.SendAsync(request(), token);
                },
                cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw Fail(address, exception.Message, exception);
        }
        catch (TaskCanceledException exception) when (exception.InnerException is TimeoutException)
        {
            throw Fail(address, $"it gave no answer within {_options.Timeout.TotalSeconds} seconds", exception);
        }
    }

    /// <summary>Enforces the rate limit. Requests are sequential, so that only the time since the last one matters.</summary>
    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        if (_options.RequestsPerSecond is not { } rate)
            return;

        var pause = TimeSpan.FromSeconds(1.0 / rate) - _time.GetElapsedTime(_lastRequest);
        if (_lastRequest != 0 && pause > TimeSpan.Zero)
            await Task.Delay(pause, _time, cancellationToken);
        _lastRequest = _time.GetTimestamp();
    }

    /// <summary>True for a retryable status. An API that asks for an excessive wait is not retried.</summary>
    private bool IsBusy(HttpResponseMessage response)
    {
        var isBusy = response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500;
        return isBusy && !(RetryAfter(response) > LongestWait);
    }

    /// <summary>False for errors that a retry cannot fix, such as a response that is too long or an invalid certificate.</summary>
    private static bool IsPassing(HttpRequestException exception) =>
        exception.HttpRequestError is not (HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.SecureConnectionError);

    /// <summary>Source: RFC 9110, 10.2.3.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage? response) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - _time.GetUtcNow() is var wait => wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };

    private static string Describe(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        401 or 403 => $"it answered {(int)response.StatusCode}; is the secret right, and allowed to read this?",
        >= 300 and < 400 => $"it answered {(int)response.StatusCode}, which leads to another address; name that one in 'url'",
        var status => $"it answered {status} {response.ReasonPhrase}",
    };

    private string? FindSecret(IReadOnlyDictionary<string, string> secrets)
    {
        if (_options.Authentication is not { } authentication)
            return null;

        return secrets.TryGetValue(authentication.Secret, out var secret)
            ? secret
            : throw new DiagnosticException(IngestionDiagnostics.UnknownSecret(_contract.Span, _contract.Name, authentication.Secret, secrets.Keys));
    }

    private DiagnosticException Fail(Uri address, string reason, Exception? inner = null) =>
        new(IngestionDiagnostics.FailedApi(Shown(address), reason, _contract.Span.File), inner);
}

/// <summary>A response of an API.</summary>
/// <param name="Body">The response's body.</param>
/// <param name="Link">The next page's address from a header, or null.</param>
internal sealed record HttpAnswer(byte[] Body, string? Link);
