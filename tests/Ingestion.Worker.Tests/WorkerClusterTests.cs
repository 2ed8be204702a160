namespace Ingestion.Worker.Tests;

/// <summary>Several workers, and workers that are lost, on one warehouse.</summary>
public sealed class WorkerClusterTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Runs_of_one_pipeline_never_overlap_whichever_workers_are_asked()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "schedule: {at_start: false}\nsteps:\n  - {call: {url: RECEIVER/orders}}");
        scene.Receiver.Answer = (_, _) => (200, TimeSpan.FromMilliseconds(50));
        WorkerProcess[] workers = [scene.Start(), scene.Start()];
        foreach (var worker in workers)
            await worker.WaitUntilHealthyAsync();

        var accepted = 0;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            while (Volatile.Read(ref accepted) < 10)
            {
                using var response = await workers[i % 2].Http.PostAsync("/pipelines/orders/run", content: null);
                if (response.IsSuccessStatusCode)
                    Interlocked.Increment(ref accepted);
                await Task.Delay(20);
            }
        }));
        await scene.UntilAsync("select not exists (select from ingestion.runs where finished_at is null)");

        (await scene.QueryAsync("select count(*) from ingestion.runs where status = 'Succeeded'")).ShouldBe((long)accepted);
        scene.Receiver.Count("/orders").ShouldBe(accepted);
        scene.Receiver.Overlaps.ShouldBeEmpty();
        (await scene.QueryAsync("select count(*) from ingestion.runs a join ingestion.runs b on a.run_id < b.run_id and a.started_at < b.finished_at and b.started_at < a.finished_at")).ShouldBe(0L);
    }

    [Fact]
    public async Task The_run_of_a_lost_worker_is_done_by_the_other_one_from_the_step_that_it_was_at()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "schedule: {at_start: false}\nsteps:\n  - {name: first, call: {url: RECEIVER/first}}\n  - {name: second, call: {url: RECEIVER/second}}");
        scene.Receiver.Answer = (path, count) => (200, path == "/second" && count == 1 ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);
        WorkerProcess[] workers = [scene.Start(), scene.Start()];
        foreach (var worker in workers)
            await worker.WaitUntilHealthyAsync();
        var run = await WorkerScene.RunAsync(workers[0], "orders");
        while (scene.Receiver.Count("/second") == 0)
            await Task.Delay(20);

        var (lost, other) = workers[0].Id == await WorkerOfAsync(scene, run) ? (workers[0], workers[1]) : (workers[1], workers[0]);
        await lost.KillAsync();

        await scene.UntilAsync("select exists (select from ingestion.runs where kind = 'Recovery' and status = 'Succeeded')");
        var details = await WorkerScene.WaitAsync(other, "orders", run);
        details.GetProperty("run").GetProperty("status").GetString().ShouldBe("Interrupted");
        details.GetProperty("steps")[1].GetProperty("status").GetString().ShouldBe("Interrupted");
        (await scene.QueryAsync($"select retry_of = '{run}' from ingestion.runs where kind = 'Recovery'")).ShouldBe(true);
        scene.Receiver.Count("/first").ShouldBe(1);
        scene.Receiver.Count("/second").ShouldBe(2);
    }

    [Fact]
    public async Task A_run_that_was_lost_several_times_in_a_row_is_not_done_again()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "schedule: {at_start: false}\nsteps:\n  - {call: {url: RECEIVER/orders}}");
        await (await scene.StartHealthyAsync()).KillAsync();
        await scene.QueryAsync(
            """
            insert into ingestion.runs (run_id, pipeline, kind, queued_at, started_at, finished_at, status, worker, retry_of, row_count, quarantined_count, reason)
            select lpad(i::text, 32, '0')::uuid, 'orders', case i when 0 then 'Manual' else 'Recovery' end, now() - interval '1 hour', now(),
                case when i < 5 then now() end, case when i < 5 then 'Interrupted' else 'Running' end, 'gone-1',
                case when i > 0 then lpad((i - 1)::text, 32, '0')::uuid end, 0, 0, ''
            from generate_series(0, 5) i
            """);

        await scene.StartHealthyAsync();
        await scene.UntilAsync("select exists (select from ingestion.runs where reason like '%it is not done again by itself')");

        (await scene.QueryAsync("select status || ': ' || reason from ingestion.runs order by run_id desc limit 1"))
            .ShouldBe("Interrupted: the worker gone-1 was lost while it ran, like the 5 before it; it is not done again by itself");
        (await scene.QueryAsync("select count(*) from ingestion.runs")).ShouldBe(6L);
        scene.Receiver.Count("/orders").ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_leaves_the_pipelines_that_it_does_not_run_to_the_others()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        foreach (var name in (string[])["orders", "cars"])
            scene.AddPipeline(name, "steps:\n  - {call: {url: RECEIVER/orders}}");
        var orders = await scene.StartHealthyAsync(("Leadline__Pipelines__0", "orders"));
        var cars = await scene.StartHealthyAsync(("Leadline__Pipelines__0", "cars"));

        for (var i = 0; i < 5; i++)
        {
            await WorkerScene.RunToEndAsync(orders, "orders");
            await WorkerScene.RunToEndAsync(cars, "cars");
        }

        (await scene.QueryAsync($"select count(*) from ingestion.runs where status = 'Succeeded' and pipeline = case when worker like '%-{orders.Id}' then 'orders' else 'cars' end")).ShouldBe(12L);
        using var other = await orders.Http.PostAsync("/pipelines/cars/run", content: null);
        other.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    /// <summary>Loads and builds the leads; LEADLINE_TEST_KILLS sets how many workers are killed on the way.</summary>
    [Fact]
    public async Task A_worker_that_is_killed_at_any_moment_of_a_pipeline_leaves_every_row_once_and_its_run_marked()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("LEADLINE_TEST_KILLS") ?? "4");
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddProject("leads");
        (string, string)[] settings = [("LEADLINE_CACHE", scene.Folder), ("Leadline__SampleLeads", "2000")];
        var random = new Random(20261128);
        for (var i = 0; i < kills; i++)
        {
            var killed = scene.Start(settings);
            await killed.WaitForOutputAsync("Pipeline leads starts");
            await Task.Delay(random.Next(0, 4_000));
            await killed.KillAsync();
        }

        await scene.StartHealthyAsync(settings);

        (await scene.QueryAsync("select count(*) from ingestion.runs where status = 'Running' or (status = 'Interrupted') <> (reason like 'the worker % was lost while it ran%')")).ShouldBe(0L);
        (await scene.QueryAsync("select count(*) > 0 from ingestion.runs where status = 'Succeeded'")).ShouldBe(true);
        foreach (var table in (string[])["lead_dataset", "call_dataset", "customer_dataset", "clv_dataset", "marketing_costs_dataset", "sales_cost_dataset"])
        {
            (await scene.QueryAsync($"select count(*) from ingestion.batches where table_name = '{table}'")).ShouldBe(1L, table);
            (await scene.QueryAsync($"select count(*) from raw.{table}")).ShouldBe(await scene.QueryAsync($"select row_count from ingestion.batches where table_name = '{table}'"), table);
            (await scene.QueryAsync($"select count(*) - count(distinct meta_source_line) from raw.{table}")).ShouldBe(0L, table);
        }
    }

    private static async Task<int> WorkerOfAsync(WorkerScene scene, Guid run) =>
        int.Parse(((string)(await scene.QueryAsync($"select worker from ingestion.runs where run_id = '{run}'"))!).Split('-')[^1]);
}
