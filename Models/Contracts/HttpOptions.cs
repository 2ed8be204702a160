namespace Models.Contracts;

/// <summary>Where the records of an HTTP API are, and how they are asked for.</summary>
public sealed record HttpOptions
{
    /// <summary>The address of the first page, without what is in <see cref="Query"/>.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// Parameters of every request. The text <c>{cursor}</c> stands for the largest cursor that was loaded; before there is one, the parameter is
    /// left out.
    /// </summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The path of the array of records in an answer, for example <c>data.items</c>; empty where the answer is the array.</summary>
    public string Records { get; init; } = "";

    public HttpPaging Paging { get; init; } = new();

    public HttpAuthentication? Authentication { get; init; }

    /// <summary>The most requests in a second; null where there is no limit.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>How many times a request is repeated that found no answer, 408, 429 or 5xx.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);
}
