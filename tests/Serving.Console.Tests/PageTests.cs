using System.Net;

namespace Serving.Console.Tests;

/// <summary>The pages as they are sent, without a browser.</summary>
[Collection(ConsoleTests.Name)]
public sealed class PageTests(ConsoleFixture console)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pages => [.. ConsolePages.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_shows_data_under_a_strict_policy_and_as_the_least_privileged_login(string path)
    {
        using var response = await console.Client.GetAsync(path, Stop);
        var page = await response.Content.ReadAsStringAsync(Stop);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var policy = response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldNotContain("unsafe");
        page.ShouldContain("<h1>");
        page.ShouldNotContain("class=\"fault\"");
        page.ShouldNotContain(" style=");
        page.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task Home_says_what_failed_and_leads_there()
    {
        var page = await console.Client.GetStringAsync("/", Stop);

        page.ShouldContain($"href=\"/console/runs/{ConsoleFixture.FailedRun}\">Look why the last run of leads ended as failed.");
        page.ShouldContain("1 test fails: see which rows they found.");
        page.ShouldContain("source has not been loaded for longer than its limit.");
        page.ShouldContain("1 of 2 pass");
        page.ShouldContain("Version 1, scorecard");
    }

    [Fact]
    public async Task A_model_shows_columns_with_type_tests_and_origin_and_its_neighbours()
    {
        var page = await console.Client.GetStringAsync("/console/models/model.leads.dim_lead", Stop);

        page.ShouldContain("One row per lead, test leads marked.");
        page.ShouldContain("<code>bigint</code>");
        page.ShouldContain("not_null fails");
        page.ShouldContain("href=\"/console/models/model.leads.stg_lead#column-contact_id\"");
        page.ShouldContain("href=\"/console/models/model.leads.stg_lead\"");
        page.ShouldContain("href=\"/console/models/model.leads.fct_lead_conversion\"");
    }

    [Fact]
    public async Task A_run_shows_its_steps_and_log_and_a_run_of_models_its_nodes_with_their_usual_time()
    {
        var run = await console.Client.GetStringAsync($"/console/runs/{ConsoleFixture.FailedRun}", Stop);
        run.ShouldContain("Run of leads");
        run.ShouldContain("Skipped");
        run.ShouldContain("Loaded 20062 rows into raw.lead_dataset");

        var models = await console.Client.GetStringAsync($"/console/runs/models/{ConsoleFixture.ModelRun}", Stop);
        models.ShouldContain(">3.0 s<");
        models.ShouldContain(">1.0 s<");
        models.ShouldContain("SELECT 19386");
        models.ShouldContain("not_null_dim_lead_contact_id");
        models.ShouldNotContain("unique_dim_lead_contact_id");
    }

    [Theory]
    [InlineData("/console/models/model.leads.no_such")]
    [InlineData("/console/runs/00000000-0000-0000-0000-000000000001")]
    [InlineData("/console/runs/models/00000000-0000-0000-0000-000000000001")]
    [InlineData("/console/no/such/page")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path)
    {
        using var response = await console.Client.GetAsync(path, Stop);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(Stop)).ShouldContain("<h1>Not found</h1>");
    }

    [Fact]
    public async Task Before_the_first_run_every_page_says_what_is_missing()
    {
        await using var service = await console.OnEmptyWarehouseAsync();
        using var client = new HttpClient { BaseAddress = service.Address };

        foreach (var path in ConsolePages.Main)
        {
            using var response = await client.GetAsync(path, Stop);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            var page = await response.Content.ReadAsStringAsync(Stop);
            (page.Contains("class=\"fault\"", StringComparison.Ordinal) || page.Contains("class=\"empty\"", StringComparison.Ordinal)).ShouldBeTrue(path);
            page.ShouldNotContain("Exception");
        }
    }

    [Fact]
    public async Task Outside_Development_there_is_no_console_unless_it_is_asked_for()
    {
        await using var service = await console.OnEmptyWarehouseAsync(("environment", "Production"));
        using var client = new HttpClient { BaseAddress = service.Address };

        using var home = await client.GetAsync("/", Stop);
        home.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var runs = await client.GetAsync("/console/runs", Stop);
        runs.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
