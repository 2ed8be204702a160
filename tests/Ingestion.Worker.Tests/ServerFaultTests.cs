using System.Diagnostics;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace Ingestion.Worker.Tests;

/// <summary>A server that breaks down in the middle of a load, and a disk that is full. Each test has a server of its own.</summary>
public sealed class ServerFaultTests
{
    private const int Rows = 20_000;

    [Fact]
    public async Task A_server_that_crashes_in_the_middle_of_a_copy_ends_with_every_row_once_and_the_worker_goes_on()
    {
        const int Key = 20261129;
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);
        await using var scene = await WorkerScene.CreateAsync(server);
        var worker = await StartWithEventsAsync(scene);
        await scene.QueryAsync(
            $"""
            create function hold() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock_shared({Key}); return new; end';
            create trigger hold before insert on raw.events for each row when (new.id = 12000) execute function hold()
            """);
        Guid run;
        await using (var holder = await scene.Database.OpenConnectionAsync())
        {
            await using (var command = new NpgsqlCommand($"select pg_advisory_lock({Key})", holder))
                await command.ExecuteNonQueryAsync();
            AddEvents(scene);
            run = await WorkerScene.RunAsync(worker, "events");
            const string Waiting = "from pg_locks where locktype = 'advisory' and objid = 20261129 and not granted";
            await scene.UntilAsync($"select exists (select {Waiting})");

            // the server ends all of its sessions and recovers when one of its processes is killed
            using var backend = Process.GetProcessById((int)(await scene.QueryAsync($"select pid {Waiting}"))!);
            backend.Kill();
            await backend.WaitForExitAsync();
        }

        await UntilReachableAsync(scene);
        await scene.UntilAsync($"select exists (select from ingestion.runs where retry_of = '{run}' and status = 'Succeeded')");

        (await StatusAsync(worker, run)).ShouldBe("Interrupted");
        (await CountsAsync(scene)).ShouldBe($"{Rows} {Rows}");
        (await scene.QueryAsync("select string_agg(row_count::text, ', ' order by started_at) from ingestion.batches")).ShouldBe($"1, {Rows - 1}");
        worker.Output.ShouldNotContain("   at ");
    }

    /// <summary>The file of the emptied table is replaced by a device that is always full.</summary>
    [Fact]
    public async Task A_full_disk_fails_the_load_in_one_line_and_the_next_run_loads_every_row_once()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), default);
        await using var scene = await WorkerScene.CreateAsync(server);
        var worker = await StartWithEventsAsync(scene);
        AddEvents(scene);
        await scene.QueryAsync("truncate raw.events");
        await scene.QueryAsync("checkpoint");
        var table = Path.Combine(
            (string)(await scene.QueryAsync("show data_directory"))!, (string)(await scene.QueryAsync("select pg_relation_filepath('raw.events')"))!);
        File.Move(table, $"{table}.kept");
        File.CreateSymbolicLink(table, "/dev/full");

        var failed = await WorkerScene.RunToEndAsync(worker, "events");

        File.Delete(table);
        File.Move($"{table}.kept", table);
        failed.GetProperty("run").GetProperty("status").GetString().ShouldBe("Failed");
        var reason = failed.GetProperty("run").GetProperty("reason").GetString()!;
        reason.ShouldContain("No space left on device");
        reason.ShouldContain("nothing of the failed step was kept");
        reason.ShouldNotContain("\n");
        (await CountsAsync(scene)).ShouldBe("0 0");
        (await WorkerScene.RunToEndAsync(worker, "events")).GetProperty("run").GetProperty("status").GetString().ShouldBe("Succeeded");
        (await CountsAsync(scene)).ShouldBe($"{Rows - 1} {Rows - 1}");
        worker.Output.ShouldNotContain("   at ");
    }

    /// <summary>A worker that has loaded a first file of one row.</summary>
    private static async Task<WorkerProcess> StartWithEventsAsync(WorkerScene scene)
    {
        Directory.CreateDirectory(Path.Combine(scene.Folder, "data", "events"));
        scene.AddPipeline("events", "steps:\n  - ingest: all");
        scene.AddContract("events", """
            name: events
            format: csv
            file: events/*.csv
            fields:
              - {name: id, type: bigint, required: true}
              - {name: name, type: text}
            """);
        scene.AddFile("data/events/1.csv", "id,name\n0,the first load makes the table\n");
        return await scene.StartHealthyAsync(("Leadline__Data", Path.Combine(scene.Folder, "data")));
    }

    private static void AddEvents(WorkerScene scene) =>
        scene.AddFile("data/events/2.csv", $"id,name\n{string.Concat(Enumerable.Range(1, Rows - 1).Select(i => $"{i},event {i}\n"))}");

    private static async Task<string> CountsAsync(WorkerScene scene) => (string)(await scene.QueryAsync("select count(*) || ' ' || count(distinct id) from raw.events"))!;

    private static async Task<string?> StatusAsync(WorkerProcess worker, Guid run) =>
        (await WorkerScene.WaitAsync(worker, "events", run)).GetProperty("run").GetProperty("status").GetString();

    private static async Task UntilReachableAsync(WorkerScene scene)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                await scene.QueryAsync("select 1");
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }
}
