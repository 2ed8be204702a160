using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Ingestion.Connectors.Tests.Http;

public sealed class HttpConnectorTests(PostgresFixture postgres)
{
    private const string Fields = """
          - {name: id, type: bigint, required: true}
          - {name: name, type: text}
        """;

    private const int Total = 5;
    private const int PageSize = 2;

    [Theory]
    [InlineData("link", "paging: {kind: link}", "/people /people?from=2 /people?from=4")]
    [InlineData("link in the answer", "paging: {kind: link, next: meta.url}", "/people /people?from=2 /people?from=4")]
    [InlineData("cursor", "paging: {kind: cursor, next: meta.next, parameter: from}", "/people /people?from=2 /people?from=4")]
    [InlineData("offset", "paging: {kind: offset, parameter: from}", "/people?from=0 /people?from=2 /people?from=4 /people?from=5")]
    [InlineData("page", "paging: {kind: page}", "/people?page=1 /people?page=2 /people?page=3 /people?page=4")]
    [InlineData("page from zero", "paging: {kind: page, start: 0, parameter: p}", "/people?p=0 /people?p=1 /people?p=2 /people?p=3")]
    public async Task Pages_are_followed_to_the_last(string what, string paging, string requests)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var server = await ApiServer.StartAsync(AnswerAsync);

        var result = await stage.LoadAsync(Contract(server, $"records: data.items, {paging}"));

        result.Rows.ShouldBe(Total, what);
        server.Requests.ShouldBe(requests.Split(' '));
        (await stage.QueryAsync("select id, name, meta_source_line, meta_source_file from raw.people order by id limit 1"))
            .ShouldBe([$"1|Zoë 1|1|{server.Url}/people"]);

        async Task AnswerAsync(HttpContext context)
        {
            var query = context.Request.Query;
            var url = $"http://{context.Request.Host}/people";
            var from = (Number(query["page"].FirstOrDefault() ?? "1") - 1 + Number(query["p"].FirstOrDefault() ?? "0")) * PageSize + Number(
                query["from"].FirstOrDefault() ?? "0");
            var next = from + PageSize < Total ? from + PageSize : (int?)null;
            if (next is not null)
                context.Response.Headers.Link = $"<{url}?from=9>; rel=\"last\", </people?from={next}>; title=\"a, b\"; rel=\"next\"";

            await context.Response.WriteAsJsonAsync(new
            {
                data = new { items = Enumerable.Range(from + 1, Math.Clamp(Total - from, 0, PageSize)).Select(id => new { id, name = $"Zoë {id}" }) },
                meta = new { next, url = next is null ? null : $"{url}?from={next}" },
            });
        }
    }

    [Fact]
    public async Task The_same_answer_is_loaded_once()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var server = await ApiServer.StartAsync(context => context.Response.WriteAsync("""[{"id": 1, "name": "Ann"}]"""));
        await stage.LoadAsync(Contract(server));

        (await stage.LoadAsync(Contract(server))).AlreadyLoaded.ShouldBeTrue();
    }

    [Theory]
    [InlineData("kind: header, secret: api, prefix: 'Token '", "Token s3cret", "")]
    [InlineData("kind: header, secret: api, name: X-Key", "s3cret", "")]
    [InlineData("kind: query, secret: api, name: key", "", "?a=b&key=s3cret")]
    public async Task A_secret_goes_where_the_contract_says_and_is_never_told(string auth, string header, string query)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Secrets["api"] = "s3cret";
        await using var server = await ApiServer.StartAsync(context =>
        {
            var given = context.Request.Headers.TryGetValue("X-Key", out var key) ? key : context.Request.Headers.Authorization;
            var isRight = header.Length > 0 ? given == header : context.Request.QueryString.Value == query;
            context.Response.StatusCode = isRight ? 200 : 401;
            return context.Response.WriteAsync("""[{"id": "x"}]""");
        });
        var contract = Contract(server, $"query: {{a: b}}, auth: {{{auth}}}");

        var refused = await stage.FailToLoadAsync(contract);
        refused.ToString().ShouldStartWith($"{server.Url}/people, record 1: error MDL6223:");
        refused.ToString().ShouldNotContain("s3cret");
        stage.Secrets["api"] = "wr0ng";
        var wrong = await stage.FailToLoadAsync(contract);
        wrong.ToString().ShouldBe(
            $"{server.Url}/people: error MDL6237: The API cannot be read: it answered 401; is the secret right, and allowed to read this? (contract " +
            $"people.yml)");
        stage.Secrets.Clear();
        (await stage.FailToLoadAsync(contract)).Message.ShouldBe("Contract 'people' needs the secret 'api', which is not configured; set Secrets__api");
    }

    [Fact]
    public async Task A_token_is_had_for_the_clients_secret_and_again_when_it_has_expired()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        stage.Secrets["api"] = "s3cret";
        var tokens = 0;
        await using var server = await ApiServer.StartAsync(async context =>
        {
            if (context.Request.Path == "/token")
            {
                var form = await context.Request.ReadFormAsync();
                var given = string.Join(' ', form["grant_type"], form["client_id"], form["client_secret"], form["scope"]);
                context.Response.StatusCode = given == "client_credentials me s3cret read" ? 200 : 400;
                await context.Response.WriteAsJsonAsync(new { access_token = $"t{++tokens}", expires_in = 1 });
                return;
            }

            // the first token is good for one page
            var page = Number(context.Request.Query["page"]!);
            context.Response.StatusCode = context.Request.Headers.Authorization == (page == 1 ? "Bearer t1" : "Bearer t2") ? 200 : 401;
            await context.Response.WriteAsJsonAsync(page > 2 ? [] : new[] { new { id = page } });
        });

        var result = await stage.LoadAsync(
            Contract(server, $"paging: {{kind: page}}, auth: {{kind: oauth, secret: api, client_id: me, scope: read, token_url: '{server.Url}/token'}}"));

        (result.Rows, tokens).ShouldBe((2, 2));
    }

    [Fact]
    public async Task A_busy_api_is_asked_again_when_it_says()
    {
        var clock = new SkippingClock();
        await using var stage = await LoadingStage.CreateAsync(postgres, clock);
        var times = new List<long>();
        await using var server = await ApiServer.StartAsync(context =>
        {
            times.Add(clock.GetTimestamp());
            context.Response.StatusCode = times.Count switch { 1 => 429, 2 => 503, _ => 200 };
            if (times.Count == 1)
                context.Response.Headers.RetryAfter = "1";
            return context.Response.WriteAsync("""[{"id": 1}]""");
        });

        (await stage.LoadAsync(Contract(server))).Rows.ShouldBe(1);

        times.Count.ShouldBe(3);
        clock.GetElapsedTime(times[0], times[1]).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Requests_keep_to_the_contracts_rate()
    {
        var clock = new SkippingClock();
        await using var stage = await LoadingStage.CreateAsync(postgres, clock);
        var times = new List<long>();
        await using var server = await ApiServer.StartAsync(context =>
        {
            times.Add(clock.GetTimestamp());
            return context.Response.WriteAsync(times.Count < 4 ? $$"""[{"id": {{times.Count}}}]""" : "[]");
        });

        await stage.LoadAsync(Contract(server, "paging: {kind: page}, requests_per_second: 5"));

        times.Count.ShouldBe(4);
        times.Zip(times.Skip(1), clock.GetElapsedTime).ShouldAllBe(pause => pause == TimeSpan.FromSeconds(0.2));
    }

    [Fact]
    public async Task An_increment_is_asked_for_by_the_cursor()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var server = await ApiServer.StartAsync(context =>
            context.Response.WriteAsync(context.Request.Query.ContainsKey("since")
                ? """[{"id": 2, "name": "Bob"}, {"id": 3, "name": "Cid"}]"""
                : """[{"id": 1, "name": "Ann"}, {"id": 2, "name": "Bob"}]"""));
        var contract = Contract(server, "query: {since: '{cursor}', all: 'yes'}", "sync_mode: incremental_append\ncursor: id");
        await stage.LoadAsync(contract);

        (await stage.LoadAsync(contract)).Rows.ShouldBe(1);

        server.Requests.ShouldBe(["/people?all=yes", "/people?since=2&all=yes"]);
        (await stage.QueryAsync("select id from raw.people order by id")).ShouldBe(["1", "2", "3"]);
    }

    public static TheoryData<string, string, Func<HttpContext, Task>, string> Faults => new()
    {
        { "pages without end", "paging: {kind: page, max_pages: 3}", c =>
            c.Response.WriteAsync($$"""[{"id": {{c.Request.Query["page"]}}}]"""), "it has more than 3 pages; is 'paging' right? If so, raise 'max_pages'" },
        { "a page that leads to itself", "records: items, paging: {kind: cursor, next: next}", c =>
            c.Response.WriteAsync("""{"items": [{"id": 1}], "next": "x"}"""), "page 2 leads to itself, so that its pages have no end" },
        { "pages without end", "records: items, paging: {kind: cursor, next: next, max_pages: 3}", c =>
            c.Response.WriteAsync($$"""{"items": [{"id": 1}], "next": "x{{c.Request.QueryString.Value!.Length}}"}"""),
            "it has more than 3 pages; is 'paging' right? If so, raise 'max_pages'" },
        { "another host", "paging: {kind: link}", c => { c.Response.Headers.Link = "<https://example.com/next>; rel=next"; return c.Response.WriteAsync(
            "[]"); }, "its next page is at another place, https://example.com; secrets are not sent there" },
        { "a redirect", "", c => { c.Response.Redirect("https://example.com/"); return Task.CompletedTask; },
            "it answered 302, which leads to another address; name that one in 'url'" },
        { "no such address", "", c => { c.Response.StatusCode = 404; return Task.CompletedTask; }, "it answered 404 Not Found" },
        { "a server that stays broken", "retries: 1", c =>
            { c.Response.StatusCode = 500; return Task.CompletedTask; }, "it answered 500 Internal Server Error" },
        { "a wait of a day", "", c =>
            { c.Response.StatusCode = 503; c.Response.Headers.RetryAfter = "86400"; return Task.CompletedTask; }, "it answered 503 Service Unavailable" },
        { "no json", "", c => c.Response.WriteAsync("<html>"), "page 1 is not valid json" },
        { "no array", "records: data", c => c.Response.WriteAsync("""{"data": {}}"""), "page 1 has no array at 'data'; correct 'records'" },
        { "no answer", "timeout_seconds: 1, retries: 1", c => Task.Delay(Timeout.Infinite, c.RequestAborted), "it gave no answer within 1 seconds" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_fault_of_the_api_is_one_clear_line_and_nothing_is_written(string what, string options, Func<HttpContext, Task> answer, string reason)
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var server = await ApiServer.StartAsync(answer);

        var diagnostic = await stage.FailToLoadAsync(Contract(server, options));

        diagnostic.ToString().ShouldBe($"{server.Url}/people: error MDL6237: The API cannot be read: {reason} (contract people.yml)", what);
        (await stage.QueryAsync("select to_regclass('raw.people') is null")).ShouldBe(["True"]);
    }

    [Fact]
    public async Task An_api_that_is_not_there_is_one_clear_line()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        var server = await ApiServer.StartAsync(_ => Task.CompletedTask);
        var contract = Contract(server, "retries: 1");
        await server.DisposeAsync();

        (await stage.FailToLoadAsync(contract)).Message.ShouldStartWith("The API cannot be read: Connection refused");
    }

    [Fact]
    public async Task An_api_without_records_is_an_empty_source()
    {
        await using var stage = await LoadingStage.CreateAsync(postgres);
        await using var server = await ApiServer.StartAsync(context => context.Response.WriteAsync("[]"));

        (await stage.FailToLoadAsync(Contract(server))).Message.ShouldStartWith($"'{server.Url}/people' has 0 rows to load, expected at least 1;");
        (await stage.LoadAsync(Contract(server, "", "min_rows: 0"))).Rows.ShouldBe(0);
    }

    private static Models.Contracts.Contract Contract(ApiServer server, string options = "", string rest = "") =>
        LoadingStage.Contract(Fields, $"{rest}\noptions: {{url: '{server.Url}/people'{(options.Length > 0 ? $", {options}" : "")}}}", "format: http");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
