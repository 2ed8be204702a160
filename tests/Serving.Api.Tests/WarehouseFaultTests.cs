using Models.Postgres;
using Models.Postgres.Clusters;

namespace Serving.Api.Tests;

/// <summary>What clients, the health endpoint and the log say while the warehouse cannot give what a score needs.</summary>
public sealed class WarehouseFaultTests(PostgresFixture postgres)
{
    private const string Features = "dev_test_features.lead_features";

    [Theory]
    [InlineData($"alter table {Features} rename call_attempts to attempts", "The warehouse does not fit this program", "column \"call_attempts\" does not exist")]
    [InlineData($"drop table {Features}", "Not built yet", "try again once the models are built")]
    [InlineData("drop schema dev_test_features cascade", "Not built yet", "try again once the models are built")]
    public async Task Features_that_cannot_be_read_make_the_service_unhealthy_and_each_score_a_503(string fault, string title, string detail)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        (await service.HealthAsync()).ShouldBe(200);

        await warehouse.ExecuteAsync(fault);
        var (status, problem) = await service.PredictAsync(7);

        status.ShouldBe(503);
        problem.GetProperty("title").GetString().ShouldBe(title);
        problem.GetProperty("detail").GetString()!.ShouldContain(detail);
        (await service.GetAsync("/features/7")).Status.ShouldBe(503);
        (await service.HealthAsync()).ShouldBe(503);
    }

    [Theory]
    [InlineData($"alter table {Features} alter call_attempts type text")]
    [InlineData($"alter table {Features} alter known_city type text")]
    [InlineData($"alter table {Features} alter is_customer type text")]
    public async Task A_column_of_another_type_than_declared_is_a_lasting_fault(string fault)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync(fault);
        await using var service = new Service(warehouse.ConnectionString);

        var (status, problem) = await service.PredictAsync(7);

        status.ShouldBe(503);
        problem.GetProperty("title").GetString().ShouldBe("The warehouse does not fit this program");
        (await service.GetAsync("/features/7")).Status.ShouldBe(503);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public async Task A_number_that_is_not_finite_counts_as_missing(string value)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync($"update {Features} set total_call_seconds = '{value}' where contact_id = 7");
        await using var service = new Service(warehouse.ConnectionString);

        var (status, score) = await service.PredictAsync(7);
        var (_, features) = await service.GetAsync("/features/7");

        status.ShouldBe(200);
        score.GetProperty("score").GetDouble().ShouldBeInRange(0, 1);
        features.GetProperty("features").GetProperty("total_call_seconds").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Theory]
    [InlineData("call_attempts")]
    [InlineData("total_call_seconds")]
    [InlineData("message_length")]
    [InlineData("marketing_source")]
    [InlineData("known_city")]
    [InlineData("created_at")]
    public async Task A_null_in_any_feature_is_scored_as_a_missing_value(string column)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync($"update {Features} set {column} = null where contact_id = 7");
        await using var service = new Service(warehouse.ConnectionString);

        var (status, score) = await service.PredictAsync(7);

        status.ShouldBe(200);
        score.GetProperty("score").GetDouble().ShouldBeInRange(0, 1);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_costs_no_request()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        // the registry is not polled meanwhile, so that requests find the closed connections
        await using var service = new Service(warehouse.ConnectionString, ("Serving:RefreshInterval", "00:10:00"));
        await Task.WhenAll(Enumerable.Range(1, 8).Select(contact => service.PredictAsync(contact)));

        await warehouse.EndConnectionsAsync();
        var statuses = new List<int>();
        for (var contact = 1; contact <= 20; contact++)
            statuses.Add((await service.PredictAsync(contact)).Status);
        (await service.GetAsync("/models")).Status.ShouldBe(200);

        statuses.ShouldAllBe(status => status == 200);
        service.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_that_is_rebuilt_with_another_type_costs_no_request()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString, ("Serving:RefreshInterval", "00:10:00"));
        await Task.WhenAll(Enumerable.Range(1, 8).Select(contact => service.PredictAsync(contact)));

        // each connection has the statement prepared, with the types of before
        await warehouse.ExecuteAsync($"alter table {Features} alter message_length type bigint, alter marketing_source type varchar(20)");
        var statuses = await Task.WhenAll(Enumerable.Range(1, 20).Select(async contact => (await service.PredictAsync(contact)).Status));

        statuses.ShouldAllBe(status => status == 200);
        service.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_that_end_under_load_cost_nothing_but_503_and_all_is_well_afterwards()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        (await service.PredictAsync(7)).Status.ShouldBe(200);

        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(1, 8).Select(async client =>
        {
            var statuses = new List<int>();
            while (!stop.IsCancellationRequested)
                statuses.Add((await service.PredictAsync(client)).Status);
            return statuses;
        }).ToList();
        for (var i = 0; i < 5; i++)
            await warehouse.EndConnectionsAsync();
        await stop.CancelAsync();
        var all = (await Task.WhenAll(clients)).SelectMany(statuses => statuses).ToList();

        all.ShouldAllBe(status => status == 200 || status == 503);
        all.ShouldContain(200);
        while ((await service.PredictAsync(7)).Status != 200)
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_category_that_no_model_has_seen_is_scored()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync($"update {Features} set marketing_source = 'Fax 😀' where contact_id = 7");
        await using var service = new Service(warehouse.ConnectionString);

        var (status, score) = await service.PredictAsync(7);

        status.ShouldBe(200);
        score.GetProperty("score").GetDouble().ShouldBeInRange(0, 1);
    }

    [Fact]
    public async Task An_outage_is_logged_when_it_begins_and_when_it_ends_not_at_each_request()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString, ("Serving:RefreshInterval", "00:10:00"), ("Serving:LookupTimeout", "00:00:00.100"));
        (await service.PredictAsync(7)).Status.ShouldBe(200);

        await using (await warehouse.LockFeaturesAsync())
        {
            for (var i = 0; i < 10; i++)
                (await service.PredictAsync(7)).Status.ShouldBe(503);
        }

        while ((await service.PredictAsync(7)).Status != 200)
            await Task.Delay(20);

        service.Lines.Count(line => line.StartsWith("Error: The warehouse does not answer", StringComparison.Ordinal)).ShouldBe(1);
        service.Lines.Count(line => line.StartsWith("Information: The warehouse answers again", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_server_is_logged_once()
    {
        Service service;
        await using (var server = await PostgresServer.StartAsync(new PostgresServerOptions(), default))
        await using (var warehouse = await Warehouse.CreateAsync(server))
        {
            await warehouse.TrainAsync();
            service = new Service(warehouse.ConnectionString, ("Serving:RefreshInterval", "00:10:00"));
            (await service.PredictAsync(7)).Status.ShouldBe(200);
        }

        await using var lost = service;
        for (var i = 0; i < 50; i++)
            (await service.PredictAsync(7)).Status.ShouldBe(503);

        service.Lines.Count(line => line.StartsWith("Error", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', service.Lines));
        (await service.HealthAsync()).ShouldBe(503);
    }

    [Fact]
    public async Task A_lasting_fault_is_logged_once()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        await warehouse.ExecuteAsync($"alter table {Features} rename call_attempts to attempts");

        for (var i = 0; i < 10; i++)
            (await service.PredictAsync(7)).Status.ShouldBe(503);

        service.Lines.Count(line => line.StartsWith("Error: The warehouse does not fit this program", StringComparison.Ordinal)).ShouldBe(1);
    }
}
