using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace AppHost.Tests.Whole;

public sealed class WholeAppTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_known_lead_has_a_score()
    {
        var lead = await ScalarAsync("SELECT contact_id FROM raw.lead_dataset LIMIT 1");
        using var client = fixture.App.CreateHttpClient("api");

        using var response = await client.PostAsJsonAsync("/predict", new { contact_id = lead }, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        answer.GetProperty("contact_id").GetInt64().ShouldBe(Convert.ToInt64(lead));
        answer.GetProperty("score").GetDouble().ShouldBeInRange(0, 1);
    }

    [Fact]
    public async Task An_unknown_lead_is_a_404_problem()
    {
        using var client = fixture.App.CreateHttpClient("api");

        using var response = await client.PostAsJsonAsync("/predict", new { contact_id = -1 }, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task A_malformed_body_is_a_400_problem()
    {
        using var client = fixture.App.CreateHttpClient("api");

        using var response = await client.PostAsync("/predict", new StringContent("{", null, "application/json"), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task The_marts_are_built_in_the_schemas_of_the_environment()
    {
        var marts = await ScalarAsync("""
            SELECT count(*) FROM information_schema.tables
            WHERE starts_with(table_name, 'dm_') AND starts_with(table_schema, current_setting('search_path') || '_')
            """);

        Convert.ToInt64(marts).ShouldBeGreaterThanOrEqualTo(7);
    }

    [Theory]
    [InlineData("growth", "sum(registrations) from {0}_growth_mart.dm_channel_attribution")]
    [InlineData("vault", "sum(purchases) from {0}_vault_mart.dm_monthly_purchases")]
    [InlineData("ecommerce", "count(*) from {0}_ecommerce_mart.fct_orders")]
    public async Task Every_pipeline_has_run_and_its_marts_can_be_read_by_the_api(string pipeline, string figure)
    {
        (await ScalarAsync($"SELECT status FROM ingestion.runs WHERE pipeline = '{pipeline}' ORDER BY started_at LIMIT 1")).ShouldBe("Succeeded");
        var schema = (string)(await ScalarAsync("SELECT current_setting('search_path')"))!;

        Convert.ToInt64(await ScalarAsync($"SELECT {figure.Replace("{0}", schema, StringComparison.Ordinal)}", "warehouse-api")).ShouldBeGreaterThan(500);
    }

    [Fact]
    public async Task Every_service_connects_with_its_own_login_and_owns_what_it_writes()
    {
        await fixture.App.ResourceNotifications.WaitForResourceAsync("training", KnownResourceStates.Finished, Cancellation);

        (await ScalarAsync("SELECT string_agg(DISTINCT usename, ' ' ORDER BY usename) FROM pg_stat_activity WHERE datname = 'warehouse'"))
            .ShouldBe("leadline_api leadline_worker");
        (await ScalarAsync("SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables WHERE schemaname = 'serving'")).ShouldBe("leadline_training");
        (await ScalarAsync("""
            SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables
            WHERE schemaname IN ('raw', 'ingestion', 'leadline') OR starts_with(schemaname, current_setting('search_path'))
            """)).ShouldBe("leadline_worker");
    }

    [Fact]
    public async Task A_score_that_was_given_is_written_down_for_the_models_to_read()
    {
        var lead = Convert.ToInt64(await ScalarAsync("SELECT contact_id FROM raw.lead_dataset ORDER BY contact_id DESC LIMIT 1"));
        using var client = fixture.App.CreateHttpClient("api");

        using var response = await client.PostAsJsonAsync("/predict", new { contact_id = lead }, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        while (await ScalarAsync($"SELECT count(*) FROM serving.predictions WHERE entity = '{lead}'") is 0L)
            await Task.Delay(100, Cancellation);
    }

    [Fact]
    public async Task Whom_to_call_first_is_in_the_warehouse_once_training_has_scored()
    {
        var schema = Convert.ToString(await ScalarAsync("SELECT current_setting('search_path')"))!.Trim('"');

        // no pipeline has run since: the view was built over the table of the scores
        while (await ScalarAsync($"SELECT count(*) FROM \"{schema}_data_mart\".dm_lead_scores", "warehouse-api") is 0L)
            await Task.Delay(100, Cancellation);

        (await ScalarAsync("SELECT run_steps.status FROM ingestion.run_steps JOIN ingestion.runs USING (run_id) WHERE pipeline = 'leads' AND step = 'scores'")).ShouldBe("Succeeded");
    }

    [Theory]
    [InlineData("warehouse-api", "SELECT pg_read_file('postgresql.conf')")]
    [InlineData("warehouse-api", "DELETE FROM raw.lead_dataset")]
    [InlineData("warehouse-api", "DELETE FROM serving.models")]
    [InlineData("warehouse-training", "SELECT pg_read_file('postgresql.conf')")]
    [InlineData("warehouse-training", "SELECT count(*) FROM raw.lead_dataset")]
    [InlineData("warehouse", "SELECT pg_read_file('postgresql.conf')")]
    [InlineData("warehouse", "DELETE FROM serving.models")]
    public async Task A_service_may_do_no_more_than_it_must(string connection, string sql)
    {
        var refusal = await Should.ThrowAsync<PostgresException>(() => ScalarAsync(sql, connection));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, refusal.MessageText);
    }

    private async Task<object?> ScalarAsync(string sql, string connection = "warehouse")
    {
        var connectionString = await fixture.App.GetConnectionStringAsync(connection, Cancellation);
        await using var source = NpgsqlDataSource.Create(connectionString!);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
