using System.Text.Json;
using Serving.Training.Run;

namespace Serving.Api.Tests;

public sealed class ModelsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_champion_is_shown_with_what_it_was_measured_at()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        var promoted = (TrainingOutcome.Promoted)await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);

        var (status, champion) = await service.GetAsync("/models/champion");

        status.ShouldBe(200);
        champion.GetProperty("version").GetInt32().ShouldBe(promoted.Version);
        champion.GetProperty("status").GetString().ShouldBe("champion");
        champion.GetProperty("metrics").GetProperty("auc").GetDouble().ShouldBe(promoted.Metrics.Auc);
        champion.GetProperty("metrics").GetProperty("calibration").GetArrayLength().ShouldBe(10);
    }

    [Fact]
    public async Task The_registry_is_listed_newest_first()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync("update dev_test_features.lead_features set message_length = 1");
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);

        var (_, models) = await service.GetAsync("/models");

        models.EnumerateArray().Select(model => model.GetProperty("version").GetInt32()).ShouldBe([2, 1]);
        models.EnumerateArray().ShouldAllBe(model => model.GetProperty("verdict").GetString()!.StartsWith("AUC "));
    }

    [Fact]
    public async Task Before_the_first_training_there_is_no_champion_and_no_list()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);

        (await service.GetAsync("/models/champion")).Status.ShouldBe(503);
        var (status, problem) = await service.GetAsync("/models");
        status.ShouldBe(503);
        problem.GetProperty("title").GetString().ShouldBe("Not built yet");
    }

    [Fact]
    public async Task A_new_champion_answers_without_a_restart_and_no_request_is_lost()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        (await service.PredictAsync(7)).Body.GetProperty("model_version").GetInt32().ShouldBe(1);

        var statuses = new List<int>();
        var asking = AskUntilVersionAsync(service, 2, statuses);
        await warehouse.ExecuteAsync("update serving.models set status = 'archived'; update dev_test_features.lead_features set message_length = 1");
        await warehouse.TrainAsync();

        (await asking).ShouldBeTrue("the new champion is taken over");
        statuses.ShouldAllBe(status => status == 200);
    }

    [Fact]
    public async Task The_service_is_healthy_once_a_model_can_answer()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);
        ((int)(await service.Client.GetAsync("/health")).StatusCode).ShouldBe(503);
        ((int)(await service.Client.GetAsync("/alive")).StatusCode).ShouldBe(200);

        await warehouse.TrainAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await service.Client.GetAsync("/health", limit.Token)).IsSuccessStatusCode)
            await Task.Delay(20, limit.Token);
    }

    [Fact]
    public async Task Wrong_options_of_the_training_do_not_concern_the_api()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString, ("Training:MinimumAuc", "7"));

        (await service.PredictAsync(7)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);

        var (_, description) = await service.GetAsync("/openapi/v1.json");

        description.GetProperty("paths").EnumerateObject().Select(path => path.Name)
            .ShouldBe(
            [
                "/predict", "/predict/{name}", "/predict/batch", "/predict/{name}/batch", "/features/{contactId}", "/features/{view}/{id}", "/features/{view}/batch",
                "/models", "/models/champion", "/models/compare", "/models/rollback", "/models/{version}", "/models/{version}/card",
                "/models/{version}/artifact", "/models/{version}/promote", "/models/{version}/archive",
                "/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/{name}", "/v2/models/{name}/ready", "/v2/models/{name}/infer",
            ], ignoreOrder: true);
    }

    [Fact]
    public async Task Features_are_shown_under_their_column_names()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);

        var (status, body) = await service.GetAsync("/features/25");

        status.ShouldBe(200);
        var features = body.GetProperty("features");
        features.GetProperty("call_attempts").GetInt32().ShouldBe(0);
        features.GetProperty("calls_over_30min_share").ValueKind.ShouldBe(JsonValueKind.Null);
        features.TryGetProperty("is_customer", out _).ShouldBeFalse("the label is no feature");
        (await service.GetAsync($"/features/{Warehouse.UnknownContact}")).Status.ShouldBe(404);
        (await service.GetAsync("/features/seven")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task All_rows_are_streamed_in_the_order_of_their_keys_and_from_where_a_client_was_cut_off()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);

        var lines = (await service.Client.GetStringAsync("/features/lead_conversion/batch?limit=400", TestContext.Current.CancellationToken)).Split('\n');
        var rest = (await service.Client.GetStringAsync("/features/lead_conversion/batch?cursor=400", TestContext.Current.CancellationToken)).Split('\n');

        lines.Concat(rest).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("contact_id").GetInt32())
            .ShouldBe(Enumerable.Range(1, Warehouse.Leads));
        var first = JsonDocument.Parse(lines[6]).RootElement;
        first.GetProperty("features").GetProperty("known_city").ValueKind.ShouldBe(JsonValueKind.False);
        first.GetProperty("label").GetBoolean().ShouldBeTrue();
        first.GetProperty("outcome_at").GetDateTime().ShouldBe(new DateTime(2025, 6, 4));
    }

    [Fact]
    public async Task Rows_as_of_a_time_hold_nothing_that_came_later()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await using var service = new Service(warehouse.ConnectionString);

        var text = await service.Client.GetStringAsync("/features/lead_conversion/batch?as_of=2025-06-03T12:00:00", TestContext.Current.CancellationToken);
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        rows.Count.ShouldBe(Warehouse.Leads - 1, "the last one came later");
        rows.ShouldAllBe(row => !row.GetProperty("label").GetBoolean() && row.GetProperty("outcome_at").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Rows_are_given_as_csv_to_a_client_that_asks_for_it()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.ExecuteAsync("update dev_test_features.lead_features set marketing_source = 'a \"b\", c' where contact_id = 1");
        await using var service = new Service(warehouse.ConnectionString);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/features/lead_conversion/batch?limit=1") { Headers = { { "Accept", "text/csv" } } };

        using var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n");

        lines[0].ShouldStartWith("contact_id,call_attempts,total_call_seconds,");
        lines[1].ShouldStartWith("1,7,2100,1,300,0.2,1,\"a \"\"b\"\", c\",");
    }

    private static async Task<bool> AskUntilVersionAsync(Service service, int version, List<int> statuses)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!limit.IsCancellationRequested)
        {
            var (status, body) = await service.PredictAsync(7);
            statuses.Add(status);
            if (status == 200 && body.GetProperty("model_version").GetInt32() == version)
                return true;
        }

        return false;
    }
}
