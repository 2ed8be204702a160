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
            .ShouldBe(["/predict", "/predict/{name}", "/features/{contactId}", "/features/{view}/{id}", "/models", "/models/champion"], ignoreOrder: true);
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
