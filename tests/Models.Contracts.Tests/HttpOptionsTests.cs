using Models.Diagnostics;

namespace Models.Contracts.Tests;

public sealed class HttpOptionsTests
{
    [Fact]
    public void The_options_of_an_api_are_read()
    {
        var http = Read(
            """
            {url: "https://api.example.com/v1/orders", query: {a: b}, headers: {X-Version: "2"}, records: data.items, requests_per_second: 5, retries: 2,
              timeout_seconds: 10, paging: {kind: cursor, next: meta.next}, auth: {kind: oauth, secret: api, client_id: me, token_url: "https://login.example.com/token"}}
            """,
            out var diagnostics)!.Options.Http.ShouldNotBeNull();

        diagnostics.ShouldBeEmpty();
        http.Url.AbsoluteUri.ShouldBe("https://api.example.com/v1/orders");
        http.Query.ShouldBe(new Dictionary<string, string> { ["a"] = "b" });
        http.Headers.ShouldBe(new Dictionary<string, string> { ["X-Version"] = "2" });
        (http.Records, http.RequestsPerSecond, http.Retries, http.Timeout).ShouldBe(("data.items", 5, 2, TimeSpan.FromSeconds(10)));
        http.Paging.ShouldBe(new HttpPaging { Kind = HttpPagingKind.Cursor, Parameter = "cursor", Next = "meta.next" });
        http.Authentication.ShouldBe(new HttpAuthentication(
            HttpAuthenticationKind.OAuth, "api") { Name = "Authorization", ClientId = "me", TokenUrl = new Uri("https://login.example.com/token") });
    }

    [Theory]
    [InlineData("{url: ftp://example.com}", "'url' must be an address that begins with https:// or http:// and holds no password")]
    [InlineData("{url: \"https://me:secret@example.com\"}", "'url' must be an address that begins with https:// or http:// and holds no password")]
    [InlineData("{url: \"https://example.com\", paging: {kind: pages}}", "'kind' must be one of none, link, cursor, offset, page")]
    [InlineData("{url: \"https://example.com\", paging: {kind: cursor}}", "the paging has no 'next'; add 'next: meta.next_cursor'")]
    [InlineData("{url: \"https://example.com\", paging: {knid: page}}", "Unknown key 'knid' in the paging; did you mean 'kind'?")]
    [InlineData("{url: \"https://example.com\", auth: {kind: header}}", "the auth has no 'secret'; add 'secret: name_of_the_secret'")]
    [InlineData("{url: \"https://example.com\", auth: {kind: oauth, secret: s, client_id: me}}", "the auth has no 'token_url'")]
    [InlineData("{url: \"https://example.com\", query: [a]}", "'query' must be a mapping of names to texts")]
    public void A_mistake_is_reported(string options, string message)
    {
        Read(options, out var diagnostics).ShouldBeNull();

        diagnostics.ShouldHaveSingleItem().Message.ShouldStartWith(message);
    }

    private static Contract? Read(string options, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var bag = new DiagnosticBag();
        var contract = ContractReader.Read(
            new SourceText("orders.yml", $"name: orders\nformat: http\noptions: {options}\nfields:\n  - {{name: id, type: bigint}}"), bag);
        diagnostics = bag.ToSortedList();
        return contract;
    }
}
