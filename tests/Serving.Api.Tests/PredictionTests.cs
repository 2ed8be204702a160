using System.Text.Json;

namespace Serving.Api.Tests;

/// <summary>The scores that were given are written to serving.predictions.</summary>
public sealed class PredictionTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_score_that_was_given_is_written_down()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString, ("Serving:PredictionInterval", "00:00:00.020"));
        var start = DateTimeOffset.UtcNow;

        var often = Score(await service.PredictAsync(7));
        await service.PredictAsync(Warehouse.UnknownContact);
        var never = Score(await service.PredictAsync(25));

        var predictions = await warehouse.PredictionsAsync(2);
        predictions.Select(p => (p.Entity, p.ModelVersion, p.Probability)).ShouldBe([("7", 1, often), ("25", 1, never)]);
        predictions.ShouldAllBe(p => p.ScoredAt >= start.AddSeconds(-1) && p.ScoredAt <= DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_service_that_stops_writes_the_last_scores()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using (var service = new Service(warehouse.ConnectionString, ("Serving:PredictionInterval", "01:00:00")))
            await service.PredictAsync(7);

        (await warehouse.PredictionsAsync(1)).ShouldHaveSingleItem().Entity.ShouldBe("7");
    }

    [Fact]
    public async Task Scores_wait_until_the_table_is_there_and_nobody_is_alarmed()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync("alter table serving.predictions rename to of_a_newer_version");
        await using var service = new Service(warehouse.ConnectionString, ("Serving:PredictionInterval", "00:00:00.020"));
        (await service.PredictAsync(7)).Status.ShouldBe(200);
        await Task.Delay(100, TestContext.Current.CancellationToken);

        await warehouse.ExecuteAsync("alter table serving.of_a_newer_version rename to predictions");

        (await warehouse.PredictionsAsync(1)).ShouldHaveSingleItem().Entity.ShouldBe("7");
        service.Lines.ShouldNotContain(line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scores_that_cannot_be_written_are_given_all_the_same_and_reported_once()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync("alter table serving.predictions rename probability to chance");
        await using var service = new Service(warehouse.ConnectionString, ("Serving:PredictionInterval", "00:00:00.020"));

        (await service.PredictAsync(7)).Status.ShouldBe(200);
        await service.LineAsync("The given scores cannot be written to serving.predictions and wait: column \"probability\"");
        (await service.PredictAsync(25)).Status.ShouldBe(200);
        await warehouse.ExecuteAsync("alter table serving.predictions rename chance to probability");

        (await warehouse.PredictionsAsync(2)).Select(p => p.Entity).ShouldBe(["7", "25"]);
        await service.LineAsync("are written to serving.predictions again");
        service.Lines.Count(line => line.Contains("cannot be written", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static double Score((int Status, JsonElement Body) answer) => answer.Body.GetProperty("score").GetDouble();
}
