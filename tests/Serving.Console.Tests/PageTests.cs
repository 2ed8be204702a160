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

    [Fact]
    public async Task A_mart_is_paged_and_sorted_by_the_server_and_given_whole_as_csv()
    {
        const string Mart = "/console/marts/model.leads.dm_cac_per_source";

        var first = await console.Client.GetStringAsync(Mart, Stop);
        first.ShouldContain("100 rows");
        first.ShouldContain("Page 1 of 2");
        first.ShouldContain("&lt;b&gt;Google&lt;/b&gt;");
        first.ShouldContain("&quot;dev_test_data_mart&quot;.&quot;dm_cac_per_source&quot;");
        (await console.Client.GetStringAsync($"{Mart}?sort=cac&desc=true&page=2", Stop)).ShouldContain("118.95");
        (await console.Client.GetStringAsync($"{Mart}?sort=1;drop table x", Stop)).ShouldContain("Page 1 of 2");

        using var file = await console.Client.GetAsync($"{Mart}/data.csv", Stop);
        file.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        file.Content.Headers.ContentDisposition!.FileName.ShouldBe("dm_cac_per_source.csv");
        var lines = (await file.Content.ReadAsStringAsync(Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(101);
        lines[1].ShouldStartWith("1,\"Other, \"\"new\"\"\",118.95,");
    }

    [Fact]
    public async Task The_lineage_of_a_column_lights_its_way_to_the_source_and_nothing_else()
    {
        var page = await console.Client.GetStringAsync("/console/lineage?focus=model.leads.dm_cac_per_source&column=marketing_costs&up=1&down=0", Stop);

        page.ShouldContain("<title>marketing_costs_dataset marketing_costs</title>");
        page.ShouldContain("class=\"edge lit\"");
        var near = await console.Client.GetStringAsync("/console/lineage?focus=model.leads.dim_lead&up=1&down=0", Stop);
        near.ShouldContain("Graph of 2 nodes");
        near.ShouldContain("<title>stg_lead model ");
    }

    [Fact]
    public async Task Quality_shows_failures_first_with_their_past_and_quarantined_records_as_the_source_has_them()
    {
        var page = await console.Client.GetStringAsync("/console/quality", Stop);

        page.ShouldContain("Last results, oldest first: pass, fail");
        page.IndexOf("not_null of contact_id", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("unique of contact_id", StringComparison.Ordinal));
        page.ShouldContain("leads/lead_dataset.csv:17");
        page.ShouldContain("12x,2024-01-01,&lt;b&gt;Google&lt;/b&gt;");
        page.ShouldContain("is not a whole number");
    }

    [Fact]
    public async Task A_lead_is_scored_with_its_reasons_and_again_with_other_values()
    {
        // 25 was never called, 7 often
        var never = await console.Client.GetStringAsync("/console/scores?lead=25", Stop);
        never.ShouldContain("call_attempts: ");
        never.ShouldNotContain("with these values");

        var changed = await console.Client.GetStringAsync("/console/scores?lead=25&f.call_attempts=20&f.total_call_seconds=6000&f.calls_over_30min=4", Stop);
        changed.ShouldContain("with these values");
        (await console.Client.GetStringAsync("/console/scores?lead=999999", Stop)).ShouldContain("lead_features has no contact 999999.");
        never.ShouldMatch("psi of &lt;b&gt;known_city&lt;/b&gt;</th>\\s*<td>beyond the limit</td>");
        never.ShouldMatch("psi of score</th>\\s*<td>too few leads</td>");
    }

    [Theory]
    [InlineData("/console/models/model.leads.no_such")]
    [InlineData("/console/marts/model.leads.dim_lead")]
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
