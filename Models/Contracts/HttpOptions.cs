namespace Models.Contracts;

/// <summary>The location of an HTTP API's records, and how to request them.</summary>
public sealed record HttpOptions
{
    /// <summary>The address of the first page, without the parameters in <see cref="Query"/>.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// The parameters of every request. The text <c>{cursor}</c> is replaced by the largest cursor that was loaded; until there is one, the parameter
    /// is omitted.
    /// </summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The path of the array of records in a response, for example <c>data.items</c>; empty if the response is the array.</summary>
    public string Records { get; init; } = "";

    public HttpPaging Paging { get; init; } = new();

    public HttpAuthentication? Authentication { get; init; }

    /// <summary>The maximum number of requests per second; null for no limit.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>The number of retries of a request that got no response, 408, 429 or 5xx.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>The timeout of one request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);
}
