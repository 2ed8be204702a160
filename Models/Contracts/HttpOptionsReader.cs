using Models.Diagnostics;

namespace Models.Contracts;

/// <summary>Reads the options of a contract whose source is an HTTP API.</summary>
internal static class HttpOptionsReader
{
    /// <summary>Returns null if the options contain no address.</summary>
    public static HttpOptions? Read(YamlMap map, DiagnosticBag diagnostics)
    {
        // read every key, so that none is reported as unknown
        var url = ReadAddress(map, "url");
        var options = new HttpOptions
        {
            Url = url ?? new Uri("about:blank"),
            Query = map.Pairs("query"),
            Headers = map.Pairs("headers"),
            Records = map.Text("records") ?? "",
            Paging = ReadPaging(map, diagnostics),
            Authentication = ReadAuthentication(map, diagnostics),
            RequestsPerSecond = map.Count("requests_per_second"),
        };
        options = options with
        {
            Retries = map.Count("retries") ?? options.Retries,
            Timeout = map.Count("timeout_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Timeout,
        };
        return url is null ? null : options;
    }

    private static HttpPaging ReadPaging(YamlMap map, DiagnosticBag diagnostics)
    {
        if (map.Map("paging", "the paging") is not { } read)
            return new HttpPaging();

        var kind = read.Choice<HttpPagingKind>("kind") ?? HttpPagingKind.None;
        var paging = new HttpPaging
        {
            Kind = kind,
            Parameter = read.Text("parameter") ?? kind.ToString().ToLowerInvariant(),
            Next = read.Text("next") ?? "",
            Start = read.Whole("start") ?? (kind == HttpPagingKind.Page ? 1 : 0),
        };
        paging = paging with { MaxPages = read.Count("max_pages") ?? paging.MaxPages };
        if (kind == HttpPagingKind.Cursor && paging.Next.Length == 0)
            diagnostics.Add(ContractDiagnostics.MissingKey(read.Span, "the paging", "next", "meta.next_cursor"));

        read.ReportUnknownKeys();
        return paging;
    }

    private static HttpAuthentication? ReadAuthentication(YamlMap map, DiagnosticBag diagnostics)
    {
        if (map.Map("auth", "the auth") is not { } read)
            return null;

        var kind = read.Choice<HttpAuthenticationKind>("kind") ?? HttpAuthenticationKind.Header;
        var authentication = new HttpAuthentication(kind, read.RequiredText("secret", "name_of_the_secret") ?? "")
        {
            Name = read.Text("name") ?? (kind == HttpAuthenticationKind.Query ? "api_key" : "Authorization"),
            Prefix = read.Text("prefix") ?? "",
            TokenUrl = ReadAddress(read, "token_url"),
            ClientId = read.Text("client_id") ?? "",
            Scope = read.Text("scope") ?? "",
        };
        if (kind == HttpAuthenticationKind.OAuth && authentication.TokenUrl is null)
            diagnostics.Add(ContractDiagnostics.MissingKey(read.Span, "the auth", "token_url", "https://login.example.com/token"));
        if (kind == HttpAuthenticationKind.OAuth && authentication.ClientId.Length == 0)
            diagnostics.Add(ContractDiagnostics.MissingKey(read.Span, "the auth", "client_id", "the client's id"));

        read.ReportUnknownKeys();
        return authentication;
    }

    private static Uri? ReadAddress(YamlMap map, string key)
    {
        if (map.Text(key) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0)
            return address;

        map.ReportShape(map.Find(key)!, key, "an address that begins with https:// or http:// and holds no password");
        return null;
    }
}
