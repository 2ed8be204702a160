using System.Net;
using System.Text.Json;
using Ingestion.Connectors.Sampling;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;
using ServiceDefaults.Security;

namespace Ingestion.Worker.Tests;

public sealed class WorkerTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("leadline-worker-");
    private string _connectionString = "";
    private NpgsqlDataSource _database = null!;

    public async ValueTask InitializeAsync()
    {
        LeadSample.Write(_data.FullName, leads: 500);
        _connectionString = await postgres.Server.CreateDatabaseAsync(default);
        _database = NpgsqlDataSource.Create(_connectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task The_pipelines_run_at_start_and_again_when_asked()
    {
        File.AppendAllText(Path.Combine(_data.FullName, "leads", "call_dataset.csv"), "500,unknown,False,,1,60.0,0\n");
        await using var worker = Start();
        await worker.WaitUntilHealthyAsync();

        (await QueryAsync("select count(*) > 400 from raw.lead_dataset")).ShouldBe(true);
        (await QueryAsync("select count(*) > 0 from dev_test_data_mart.dm_cac_per_source")).ShouldBe(true);
        var first = await RunsAsync(worker);
        first.ShouldHaveSingleItem().GetProperty("status").GetString().ShouldBe("Succeeded");
        first[0].GetProperty("rows").GetInt64().ShouldBeGreaterThan(900);
        first[0].GetProperty("quarantined").GetInt64().ShouldBe(1);
        worker.Output.ShouldContain("Not loaded into raw.call_dataset, because ");

        using var accepted = await worker.Http.PostAsync("/pipelines/leads/run", content: null);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        while ((await RunsAsync(worker)).Count < 2)
            await Task.Delay(50);

        // the same files are the same batches
        (await RunsAsync(worker))[0].GetProperty("rows").GetInt64().ShouldBe(0);
        (await QueryAsync("select count(*) from ingestion.batches")).ShouldBe(6L);
    }

    [Fact]
    public async Task An_unknown_pipeline_is_a_problem_that_names_the_known_ones()
    {
        await using var worker = Start();
        await worker.WaitUntilHealthyAsync();

        using var response = await worker.Http.PostAsync("/pipelines/laeds/run", content: null);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadAsStringAsync()).ShouldContain("There is no pipeline");
    }

    [Theory]
    [InlineData("Host", "evil.example", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(ClientHeader.Name, "", HttpStatusCode.Forbidden)]
    public async Task A_page_of_another_site_cannot_start_a_pipeline(string header, string value, HttpStatusCode expected)
    {
        await using var worker = Start();
        await worker.WaitUntilHealthyAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/pipelines/leads/run") { Content = new StringContent("") };
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await worker.Http.SendAsync(request);

        response.StatusCode.ShouldBe(expected);
        (await RunsAsync(worker)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_names_a_file_but_not_where_it_is()
    {
        await using var worker = Start();
        await worker.WaitUntilHealthyAsync();
        File.WriteAllText(Path.Combine(_data.FullName, "leads", "call_dataset.csv"), "contact_id\n1\n");

        (await worker.Http.PostAsync("/pipelines/leads/run", content: null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        List<JsonElement> runs;
        while ((runs = await RunsAsync(worker)).Count < 2)
            await Task.Delay(50);

        var reason = runs[0].GetProperty("reason").GetString();
        reason.ShouldNotBeNull().ShouldContain("call_dataset.csv");
        reason.ShouldNotContain(_data.FullName);
    }

    [Fact]
    public async Task A_malformed_file_ends_the_first_run_with_one_line_and_exit_code_1()
    {
        File.WriteAllText(Path.Combine(_data.FullName, "leads", "call_dataset.csv"), "contact_id\n1\n");
        await using var worker = Start();

        (await worker.WaitForExitAsync()).ShouldBe(1);

        worker.Output.ShouldContain("Pipeline leads failed: ");
        worker.Output.ShouldContain("The first run of pipeline leads failed, for the reason above; the service ends.");
        worker.Output.Split("call_dataset.csv(1,1): error MDL6209: The column 'trial_booked', which ").Length.ShouldBe(2, worker.Output);
        worker.Output.ShouldNotContain("   at ");
        (await QueryAsync("select to_regclass('raw.call_dataset') is null")).ShouldBe(true);
    }

    [Fact]
    public async Task Every_malformed_source_is_told()
    {
        foreach (var file in (string[])["call_dataset.csv", "customer_dataset.csv"])
            File.WriteAllText(Path.Combine(_data.FullName, "leads", file), "no_such_column\n1\n");
        await using var worker = Start();

        (await worker.WaitForExitAsync()).ShouldBe(1);

        worker.Output.ShouldContain("Pipeline leads failed: 2 sources are not what their contracts say, first ");
        worker.Output.ShouldContain("call_dataset.csv(1,1): error MDL");
        worker.Output.ShouldContain("customer_dataset.csv(1,1): error MDL");
        (await QueryAsync("select count(*) > 0 from raw.lead_dataset")).ShouldBe(true);
    }

    [Theory]
    [InlineData("models/data_mart/costs/dm_cac_per_source.sql", "select * from {{ ref('no_such_model') }}", "no_such_model")]
    [InlineData("models/data_mart/costs/dm_cac_per_source.sql", "select {% if %} 1", "dm_cac_per_source.sql(1,")]
    [InlineData("contracts/call_dataset.yml", "nmae: call_dataset", "Unknown key 'nmae' in the contract; did you mean 'name'?")]
    public async Task A_broken_project_ends_the_first_run_with_one_line_and_exit_code_1(string file, string text, string message)
    {
        var projects = Directory.CreateDirectory(Path.Combine(_data.FullName, "projects")).FullName;
        foreach (var project in new[] { "leads", "cars" })
            Copy(Path.Combine(TestPaths.Repository, "Models", "Warehouse", project), Path.Combine(projects, project));
        Path.Combine(projects, "leads", file).ShouldSatisfyAllConditions(path => File.Exists(path).ShouldBeTrue(), path => File.WriteAllText(path, text));
        await using var worker = Start(("Leadline__Projects", projects));

        (await worker.WaitForExitAsync()).ShouldBe(1);

        worker.Output.ShouldContain("Pipeline leads failed: ");
        worker.Output.ShouldContain(message);
        worker.Output.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("Leadline__Data", "/no/such/folder", "The data folder '/no/such/folder' does not exist.")]
    [InlineData("Leadline__Data", "/", "The data folder '/' has no folder for any pipeline. Expected 'cars' or 'ecommerce' or 'growth' or 'leads' in it.")]
    [InlineData("LEADLINE_CACHE", "/dev/null/cache", "Invented data cannot be written to '/dev/null/cache/sample/20000-")]
    [InlineData("Leadline__Projects", "/no/such/folder", "The folder of the dbt projects '/no/such/folder' does not exist.")]
    [InlineData("Leadline__Pipelines__0", "laeds", "There is no pipeline 'laeds'.")]
    [InlineData("ConnectionStrings__warehouse", "Host=127.0.0.1;Port=1;Database=w", "The warehouse 'w' at 127.0.0.1:1 cannot be reached")]
    public async Task A_wrong_setting_ends_the_start_with_one_line_and_exit_code_1(string name, string value, string message)
    {
        await using var worker = name == "LEADLINE_CACHE" ? StartAll((name, value), ("Leadline__Data", "")) : StartAll((name, value));

        (await worker.WaitForExitAsync()).ShouldBe(1);

        worker.Output.ShouldContain(message);
        worker.Output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_worker_without_a_connection_string_ends_with_one_line_and_exit_code_1()
    {
        await using var worker = WorkerProcess.Start();

        (await worker.WaitForExitAsync()).ShouldBe(1);
        worker.Output.ShouldContain("No connection string for the warehouse: set ConnectionStrings__warehouse");
        worker.Output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_server_that_dies_in_the_middle_of_the_first_run_and_does_not_come_back_ends_the_worker_with_one_line_and_exit_code_1()
    {
        LeadSample.Write(_data.FullName, leads: 100_000);
        var server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);
        var connectionString = await server.CreateDatabaseAsync(default);
        await using var worker = Start(("ConnectionStrings__warehouse", connectionString));
        await using (var database = NpgsqlDataSource.Create(connectionString))
        await using (var copies = database.CreateCommand("select count(*) from pg_stat_progress_copy where tuples_processed > 0"))
        {
            while (await copies.ExecuteScalarAsync() is 0L)
                await Task.Delay(10);
        }

        await server.DisposeAsync();

        (await worker.WaitForExitAsync()).ShouldBe(1);
        worker.Output.ShouldContain("Pipeline leads: the server was lost: ");
        worker.Output.ShouldContain("The warehouse was lost while the pipelines were started: ");
        worker.Output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_worker_killed_in_the_middle_of_a_load_leaves_nothing_half()
    {
        await using (var first = Start())
            await first.WaitUntilHealthyAsync();

        var before = await CountAsync();
        LeadSample.Write(_data.FullName, leads: 700);
        await using (var blocker = await _database.OpenConnectionAsync())
        await using (await blocker.BeginTransactionAsync())
        {
            // loads wait for the ledger at their very end, when all rows are written and nothing is committed
            await ExecuteAsync(blocker, "lock table ingestion.batches in share row exclusive mode");
            await using var killed = Start();
            while (await QueryAsync("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into ingestion.batches%'") is 0L)
                await Task.Delay(10);

            await killed.KillAsync();
        }

        (await CountAsync()).ShouldBe(before);
        await using var again = Start();
        await again.WaitUntilHealthyAsync();
        (await CountAsync()).ShouldBeGreaterThan(before + 1_000);
        (await QueryAsync("select sum(row_count)::bigint from ingestion.batches")).ShouldBe(await CountAsync());
    }

    [Fact]
    public async Task Both_pipelines_run_side_by_side_on_invented_data()
    {
        await using var worker = StartAll(
            ("Leadline__Data", ""), ("Leadline__SampleLeads", "300"), ("Leadline__Pipelines__0", "leads"), ("Leadline__Pipelines__1", "cars"),
            ("LEADLINE_CACHE", _data.FullName), ("ConnectionStrings__products", await postgres.Server.CreateDatabaseAsync(default)));
        await worker.WaitUntilHealthyAsync();

        (await QueryAsync("select count(*) from raw.transactions join raw.cars on car_id = product_id join raw.clients using (client_id)")).ShouldBe(4_000L);
        (await QueryAsync("select count(distinct contact_id) from raw.lead_dataset")).ShouldBe(300L);
        (await QueryAsync("select count(*) from ingestion.runs where status = 'Succeeded'")).ShouldBe(2L);
    }

    private WorkerProcess Start(params (string Name, string Value)[] settings) => StartAll([("Leadline__Pipelines__0", "leads"), .. settings]);

    private WorkerProcess StartAll(params (string Name, string Value)[] settings) => WorkerProcess.Start(
    [
        ("ConnectionStrings__warehouse", $"{_connectionString};Search Path=dev_test"),
        ("Leadline__Data", _data.FullName),
        ("Leadline__Artifacts", Path.Combine(_data.FullName, "artifacts")),
        .. settings,
    ]);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static async Task<List<JsonElement>> RunsAsync(WorkerProcess worker)
    {
        using var document = JsonDocument.Parse(await worker.Http.GetStringAsync("/pipelines/leads"));
        return [.. document.RootElement.GetProperty("runs").EnumerateArray().Select(r => r.Clone())];
    }

    /// <summary>Rows of all raw tables together.</summary>
    private async Task<long> CountAsync()
    {
        var tables = new[] { "lead_dataset", "call_dataset", "customer_dataset", "clv_dataset", "marketing_costs_dataset", "sales_cost_dataset" };
        return (long)(await QueryAsync($"select {string.Join(" + ", tables.Select(t => $"(select count(*) from raw.{t})"))}"))!;
    }

    private async Task<object?> QueryAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
