using Npgsql;

namespace Ingestion.Worker.Tests;

/// <summary>
/// Workers that are killed (SIGKILL) at chosen points of a load that commits in parts. A trigger holds the load at each point until its worker is gone.
/// </summary>
public sealed class KilledLoadTests(PostgresFixture postgres)
{
    private const int Rows = 20_000;

    [Fact]
    public async Task A_load_whose_workers_are_killed_leaves_every_record_of_the_source_once()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        Directory.CreateDirectory(Path.Combine(scene.Folder, "data", "events"));
        scene.AddPipeline("events", "steps:\n  - ingest: all");
        scene.AddContract("events", """
            name: events
            format: csv
            file: events/events.csv
            commit_every: 2000
            fields:
              - {name: id, type: bigint, required: true}
              - {name: name, type: text}
            """);
        scene.AddFile("data/events/events.csv", "id,name\n0,the first load makes the tables\n");
        await (await scene.StartHealthyAsync(Settings(scene))).KillAsync();
        scene.AddFile(
            "data/events/events.csv", $"id,name\n{string.Concat(Enumerable.Range(1, Rows).Select(i => $"{(i % 2_500 == 0 ? "x" : i)},event {i}\n"))}");

        await KillAtAsync(scene, "raw.events", "insert", "new.id = 500");
        await KillAtAsync(scene, "ingestion.quarantine", "insert", "new.source_line > 5000");
        await KillAtAsync(scene, "ingestion.batches", "update", "new.records_read = 10000");
        await KillAtAsync(scene, "ingestion.batches", "update", "new.records_read is null");
        await scene.StartHealthyAsync(Settings(scene));

        (await scene.QueryAsync("select count(*) || ' ' || count(distinct id) || ' ' || max(id) from raw.events")).ShouldBe($"{Rows - 7} {Rows - 7} {Rows - 1}");
        (await scene.QueryAsync("select count(*) || ' ' || count(distinct source_line) from ingestion.quarantine")).ShouldBe("8 8");
        (await scene.QueryAsync("select string_agg(row_count || ' ' || quarantined_count, ', ' order by started_at) from ingestion.batches"))
            .ShouldBe($"1 0, {Rows - 8} 8");
        (await scene.QueryAsync("select count(*) from ingestion.runs where status = 'Interrupted'")).ShouldBe(4L);
    }

    private static (string, string)[] Settings(WorkerScene scene) => [("Leadline__Data", Path.Combine(scene.Folder, "data"))];

    private static async Task KillAtAsync(WorkerScene scene, string table, string action, string condition)
    {
        const int Key = 20261129;
        await scene.QueryAsync(
            $"""
            create or replace function hold() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock_shared({Key}); return new; end';
            create trigger hold before {action} on {table} for each row when ({condition}) execute function hold()
            """);
        await using (var holder = await scene.Database.OpenConnectionAsync())
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await using (var command = new NpgsqlCommand($"select pg_advisory_xact_lock({Key})", holder))
                await command.ExecuteNonQueryAsync();

            var worker = scene.Start(Settings(scene));
            await scene.UntilAsync($"select exists (select from pg_locks where locktype = 'advisory' and objid = {Key} and not granted)");
            await worker.KillAsync();
        }

        await scene.QueryAsync($"drop trigger hold on {table}");
    }
}
