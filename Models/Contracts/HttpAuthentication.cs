namespace Models.Contracts;

/// <summary>How requests authenticate. A contract names its secret; it never contains it.</summary>
/// <param name="Kind">Where the secret goes.</param>
/// <param name="Secret">The name of the secret.</param>
public sealed record HttpAuthentication(HttpAuthenticationKind Kind, string Secret)
{
    /// <summary>The header or query parameter.</summary>
    public string Name { get; init; } = "";

    /// <summary>The text before the secret in the header, for example <c>Bearer</c> and a space.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The address that issues a token for a client's id and secret.</summary>
    public Uri? TokenUrl { get; init; }

    public string ClientId { get; init; } = "";

    public string Scope { get; init; } = "";
}

/// <summary>Where a request carries its secret.</summary>
public enum HttpAuthenticationKind
{
    Header,
    Query,

    /// <summary>OAuth 2.0 client credentials. Source: RFC 6749, 4.4.</summary>
    OAuth,
}
