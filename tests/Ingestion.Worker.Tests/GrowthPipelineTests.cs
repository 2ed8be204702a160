namespace Ingestion.Worker.Tests;

/// <summary>The pipeline of a project that brings its own sample queries, and checks before and after its models.</summary>
public sealed class GrowthPipelineTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_project_generates_its_sample_by_its_own_queries_in_the_size_that_is_asked_for()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddProject("growth");
        var worker = await scene.StartHealthyAsync(("LEADLINE_CACHE", scene.Folder), ("Leadline__SampleSizes__growth", "400"));

        (await scene.QueryAsync("select count(*) from raw.sessions")).ShouldBe(404L);
        (await scene.QueryAsync("select sum(registrations)::bigint = (select count(*) from raw.conversions) from dev_test_growth_mart.dm_channel_attribution"))
            .ShouldBe(true);
        (await scene.QueryAsync("select string_agg(step || ' ' || status, ', ' order by started_at) from ingestion.run_steps"))
            .ShouldBe("ingest Succeeded, critical_checks Succeeded, models Succeeded, advisory_checks Succeeded");
    }

    [Fact]
    public async Task A_critical_check_stops_the_pipeline_before_anything_is_staged()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddProject("growth");
        Directory.CreateDirectory(Path.Combine(scene.Folder, "growth"));
        scene.AddFile("growth/sessions.csv", "userid,time_started,is_paid,medium\na,2124-01-01 00:00:00,f,DIRECT\n");
        scene.AddFile("growth/conversions.csv", "userid,registration_time\na,2024-01-01 00:00:00\n");
        var worker = scene.Start(("Leadline__Data", scene.Folder));

        (await worker.WaitForExitAsync()).ShouldBe(1);

        worker.Output.ShouldContain("not_in_the_future");
        (await scene.QueryAsync("select count(*) from raw.sessions")).ShouldBe(1L);
        (await scene.QueryAsync("select to_regclass('dev_test_growth_staging.all_sessions') is null")).ShouldBe(true);
    }

    [Fact]
    public async Task A_pipeline_whose_contracts_name_no_files_needs_no_folder_in_the_data_folder()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("people", "steps:\n  - ingest: all\n");
        scene.AddContract("people", "name: people\nformat: faker\noptions: {dataset: users, rows: 10}\nfields:\n  - {name: id, type: bigint, required: true}\n");
        scene.AddPipeline("orders", "steps:\n  - ingest: all\n");
        scene.AddContract("orders", "name: orders\nformat: csv\nfile: orders/orders.csv\nfields:\n  - {name: id, type: bigint}\n");
        scene.AddPipeline("visits", "steps:\n  - ingest: all\n");
        scene.AddContract("visits", "name: visits\nformat: csv\nfile: visits/visits.csv\nfields:\n  - {name: id, type: bigint}\n");
        Directory.CreateDirectory(Path.Combine(scene.Folder, "visits"));
        scene.AddFile("visits/visits.csv", "id\n1\n");

        var worker = await scene.StartHealthyAsync(("Leadline__Data", scene.Folder));

        worker.Output.ShouldContain("Pipeline orders is left out: ");
        (await scene.QueryAsync("select (select count(*) from raw.people) + (select count(*) from raw.visits)")).ShouldBe(11L);
    }

    [Fact]
    public async Task A_sample_query_that_the_server_refuses_ends_the_start_with_one_line()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "sample: {size: 10}\nsteps:\n  - ingest: all\n");
        scene.AddProjectFile("orders", "sample/orders.sql", "select no_such_column from generate_series(1, 10)");
        var worker = scene.Start(("LEADLINE_CACHE", scene.Folder));

        (await worker.WaitForExitAsync()).ShouldBe(1);

        worker.Output.ShouldContain("orders.sql' is refused: column \"no_such_column\" does not exist (42703). Correct it.");
        worker.Output.ShouldNotContain("   at ");
    }
}
