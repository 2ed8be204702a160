namespace Ingestion.Worker.Tests;

public sealed class ScheduleTests(PostgresFixture postgres)
{
    private const string Steps = "steps:\n  - {call: {url: RECEIVER/orders}}";

    [Fact]
    public async Task A_time_of_the_clock_has_one_run_on_two_workers()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        foreach (var name in Enumerable.Range(1, 20).Select(i => $"p{i}"))
            scene.AddPipeline(name, $"schedule: {{at_start: false, cron: \"* * * * *\"}}\n{Steps}");
        foreach (var worker in (WorkerProcess[])[scene.Start(), scene.Start()])
            await worker.WaitUntilHealthyAsync();

        await scene.UntilAsync("select count(distinct pipeline) = 20 from ingestion.runs where status = 'Succeeded'", TimeSpan.FromMinutes(3));

        (await scene.QueryAsync("select count(*) from ingestion.runs where kind <> 'Schedule' or scheduled_for <> date_trunc('minute', scheduled_for)")).ShouldBe(0L);
        (await scene.QueryAsync("select count(*) - count(distinct (pipeline, scheduled_for)) from ingestion.runs")).ShouldBe(0L);
    }

    [Fact]
    public async Task Times_that_passed_while_no_worker_ran_are_run_later_where_the_pipeline_catches_up()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("late", $"schedule: {{at_start: false, cron: \"0 * * * *\", catch_up: true}}\n{Steps}");
        scene.AddPipeline("skipping", $"schedule: {{at_start: false, cron: \"0 * * * *\"}}\n{Steps}");
        var first = await scene.StartHealthyAsync();
        await scene.UntilAsync("select count(*) = 2 from ingestion.quartz_cron_triggers");
        await first.KillAsync();

        // ticks of .NET: three hours earlier
        await scene.QueryAsync($"update ingestion.quartz_triggers set next_fire_time = next_fire_time - {3 * TimeSpan.TicksPerHour}, start_time = start_time - {24 * TimeSpan.TicksPerHour}");
        await scene.StartHealthyAsync();

        await scene.UntilAsync("select count(*) = 3 from ingestion.runs where pipeline = 'late' and status = 'Succeeded'");
        (await scene.QueryAsync("select count(distinct scheduled_for) from ingestion.runs where kind = 'Schedule' and scheduled_for < now()")).ShouldBe(3L);
        (await scene.QueryAsync("select count(*) from ingestion.runs where pipeline = 'skipping'")).ShouldBe(0L);
        scene.Receiver.Overlaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pipeline_whose_file_is_gone_leaves_the_schedule()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", $"schedule: {{at_start: false, cron: \"0 * * * *\"}}\n{Steps}");
        scene.AddPipeline("gone", $"schedule: {{at_start: false, cron: \"0 * * * *\"}}\n{Steps}");
        var first = await scene.StartHealthyAsync();
        await scene.UntilAsync("select count(*) = 2 from ingestion.quartz_cron_triggers");
        await first.KillAsync();

        scene.RemovePipeline("gone");
        await scene.StartHealthyAsync();

        await scene.UntilAsync("select array_agg(trigger_name) = array['orders'] from ingestion.quartz_cron_triggers");
    }

    [Fact]
    public async Task New_data_in_a_table_starts_a_run_once()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        await scene.QueryAsync("create schema app; create table app.orders (id int, updated_at timestamptz); insert into app.orders values (1, now())");
        scene.AddPipeline("orders", $"schedule: {{at_start: false, when_new: {{tables: [{{table: app.orders, loaded_at: updated_at}}], check_every: 1s}}}}\n{Steps}");
        await scene.StartHealthyAsync();
        await scene.UntilAsync("select count(*) = 1 from ingestion.runs where status = 'Succeeded'");
        await Task.Delay(TimeSpan.FromSeconds(3));
        (await scene.QueryAsync("select count(*) from ingestion.runs")).ShouldBe(1L);

        await scene.QueryAsync("insert into app.orders values (2, now())");

        await scene.UntilAsync("select count(*) = 2 from ingestion.runs where status = 'Succeeded' and kind = 'Upstream'");
    }

    [Fact]
    public async Task A_pipeline_starts_when_another_one_has_loaded_what_it_reads()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("users", "schedule: {at_start: false}\nsteps:\n  - ingest: all");
        scene.AddContract("users", "name: users\nformat: faker\nprimary_key: [id]\noptions: {dataset: users, rows: 10}\nfields:\n  - {name: id, type: bigint, required: true}\n  - {name: email, type: text}\n");
        scene.AddPipeline("reports", $"schedule: {{at_start: false, when_new: {{tables: [raw.users], check_every: 1s}}}}\n{Steps}");
        var worker = await scene.StartHealthyAsync();

        (await WorkerScene.RunToEndAsync(worker, "users")).GetProperty("run").GetProperty("status").GetString().ShouldBe("Succeeded");

        await scene.UntilAsync("select count(*) = 1 from ingestion.runs where pipeline = 'reports' and kind = 'Upstream' and status = 'Succeeded'");
        // the same batch is not loaded again, and starts nothing
        (await WorkerScene.RunToEndAsync(worker, "users")).GetProperty("run").GetProperty("rows").GetInt64().ShouldBe(0);
        await Task.Delay(TimeSpan.FromSeconds(3));
        (await scene.QueryAsync("select count(*) from ingestion.runs where pipeline = 'reports'")).ShouldBe(1L);
    }
}
