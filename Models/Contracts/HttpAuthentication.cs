namespace Models.Contracts;

/// <summary>How requests show who asks. A contract names its secret; it never holds it.</summary>
/// <param name="Kind">Where the secret goes.</param>
/// <param name="Secret">The name of the secret.</param>
public sealed record HttpAuthentication(HttpAuthenticationKind Kind, string Secret)
{
    /// <summary>The header or query parameter.</summary>
    public string Name { get; init; } = "";

    /// <summary>What stands before the secret in the header, for example <c>Bearer</c> and a blank.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Where a token is had for a client's id and secret.</summary>
    public Uri? TokenUrl { get; init; }

    public string ClientId { get; init; } = "";

    public string Scope { get; init; } = "";
}

/// <summary>Where the secret of a request goes.</summary>
public enum HttpAuthenticationKind
{
    Header,
    Query,

    /// <summary>OAuth 2.0 client credentials. Source: RFC 6749, 4.4.</summary>
    OAuth,
}
