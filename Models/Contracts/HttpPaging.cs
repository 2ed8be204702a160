namespace Models.Contracts;

/// <summary>How one page of an HTTP API leads to the next.</summary>
public sealed record HttpPaging
{
    public HttpPagingKind Kind { get; init; }

    /// <summary>The query parameter for the cursor, offset or page.</summary>
    public string Parameter { get; init; } = "";

    /// <summary>The path of the next page's cursor or address in a response, for example <c>meta.next</c>.</summary>
    public string Next { get; init; } = "";

    /// <summary>The first offset or page.</summary>
    public long Start { get; init; }

    /// <summary>The maximum number of pages; more count as an endless API.</summary>
    public int MaxPages { get; init; } = 10_000;
}

/// <summary>How to find the next page.</summary>
public enum HttpPagingKind
{
    /// <summary>There is only one page.</summary>
    None,

    /// <summary>The <c>Link</c> header (RFC 8288), or an address in the response.</summary>
    Link,

    /// <summary>A cursor in the response.</summary>
    Cursor,

    /// <summary>The number of records read so far; an empty page is the end.</summary>
    Offset,

    /// <summary>The page number; an empty page is the end.</summary>
    Page,
}
