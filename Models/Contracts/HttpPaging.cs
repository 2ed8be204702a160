namespace Models.Contracts;

/// <summary>How one page of an HTTP API leads to the next.</summary>
public sealed record HttpPaging
{
    public HttpPagingKind Kind { get; init; }

    /// <summary>The query parameter that takes the cursor, offset or page.</summary>
    public string Parameter { get; init; } = "";

    /// <summary>The path in an answer of the next page's cursor or address, for example <c>meta.next</c>.</summary>
    public string Next { get; init; } = "";

    /// <summary>The first offset or page.</summary>
    public long Start { get; init; }

    /// <summary>More pages than this are taken for an API that has no end.</summary>
    public int MaxPages { get; init; } = 10_000;
}

/// <summary>What leads to the next page.</summary>
public enum HttpPagingKind
{
    /// <summary>There is one page.</summary>
    None,

    /// <summary>The <c>Link</c> header (RFC 8288), or an address in the answer.</summary>
    Link,

    /// <summary>A cursor in the answer.</summary>
    Cursor,

    /// <summary>The number of records so far; an empty page is the end.</summary>
    Offset,

    /// <summary>The number of the page; an empty page is the end.</summary>
    Page,
}
