using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ingestion.Worker.Tests;

/// <summary>The quarantine and the streams over HTTP.</summary>
public sealed class StreamApiTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Quarantined_records_are_listed_shown_retried_and_discarded()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "schedule: {at_start: false}\nsteps:\n  - {ingest: all}");
        AddContract(scene, "integer, max: 10");
        var data = Directory.CreateDirectory(Path.Combine(scene.Folder, "data", "orders"));
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "orders.csv"), "id,amount\n1,5\n2,50\n3,x\n");
        var worker = await scene.StartHealthyAsync(("Leadline__Data", Path.Combine(scene.Folder, "data")));
        await WorkerScene.RunToEndAsync(worker, "orders");

        (await GetAsync(worker, ""))[0].GetProperty("open").GetInt64().ShouldBe(2);
        var records = (await GetAsync(worker, "/orders?limit=10")).EnumerateArray().ToList();
        records.ConvertAll(r => (r.GetProperty("line").GetInt64(), r.GetProperty("reason").GetString())).ShouldBe(
            [(3, "amount '50' is greater than 10"), (4, "amount 'x' is not a number")]);
        var bad = records[1].GetProperty("id").GetInt64();
        (await GetAsync(worker, $"/orders/{bad}")).GetProperty("rawText").GetString().ShouldBe("3,x");

        AddContract(scene, "integer");
        var retried = await PostAsync(worker, "/orders/retry");
        (retried.Status, retried.Answer.GetProperty("loaded").GetInt64(), retried.Answer.GetProperty("stillBad").GetInt64()).ShouldBe((HttpStatusCode.OK, 1, 1));
        (await scene.QueryAsync("select sum(row_count) * 100 + sum(quarantined_count) from ingestion.batches")).ShouldBe(201m);
        (await scene.QueryAsync("select string_agg(id || ':' || amount, ',' order by id) from raw.orders")).ShouldBe("1:5,2:50");

        (await LeadlineProcess.RunAsync(worker, "quarantine", "list")).Output.ShouldContain("| orders | 1    | 0         |");
        (await LeadlineProcess.RunAsync(worker, "quarantine", "list", "orders")).Output.ShouldContain("| orders/orders.csv | 4    | amount | amount 'x' is not a number |");
        (await LeadlineProcess.RunAsync(worker, "quarantine", "show", "orders", $"{bad}")).ShouldBe((0, "orders/orders.csv, line 4: amount 'x' is not a number\n3,x"));
        (await LeadlineProcess.RunAsync(worker, "quarantine", "retry", "orders", "--id", $"{bad}")).ShouldBe((0, "Records loaded: 0, still bad: 1, of loads that were replaced: 0."));
        (await LeadlineProcess.RunAsync(worker, "quarantine", "discard", "orders")).ShouldBe((2, "Give 'id' for one record, or 'all=true' for all of the table."));
        (await PostAsync(worker, "/orders/discard")).Detail.ShouldBe("Give 'id' for one record, or 'all=true' for all of the table.");
        (await LeadlineProcess.RunAsync(worker, "quarantine", "discard", "orders", "--all")).ShouldBe((0, "Records discarded: 1."));
        (await GetAsync(worker, "/orders")).GetArrayLength().ShouldBe(0);
        (await PostAsync(worker, $"/orders/retry?id={bad}")).Detail.ShouldBe($"The quarantine of 'orders' has no open record {bad}.");
        (await PostAsync(worker, "/oders/retry")).Detail.ShouldBe("No contract of this worker's pipelines fills the table 'oders' (there are orders); did you mean 'orders'?");
    }

    [Fact]
    public async Task A_stream_is_listed_and_its_reset_is_done_by_the_next_run()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "schedule: {at_start: false}\nsteps:\n  - {ingest: all}");
        AddContract(scene, "integer");
        var data = Directory.CreateDirectory(Path.Combine(scene.Folder, "data", "orders"));
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "orders.csv"), "id,amount\n1,5\n2,50\n");
        var worker = await scene.StartHealthyAsync(("Leadline__Data", Path.Combine(scene.Folder, "data")));
        await WorkerScene.RunToEndAsync(worker, "orders");

        (await PostAsync(worker, "/orders/rewind?to=1", "streams")).Detail!.ShouldEndWith("so that it cannot be rewound or backfilled; reset it");
        (await PostAsync(worker, "/orders/backfill?from=1", "streams")).Detail.ShouldBe("'to' is missing: give the cursor at which the range ends, exclusive.");
        (await LeadlineProcess.RunAsync(worker, "streams", "reset", "orders")).ShouldBe((0, "The next load of orders does it."));
        (await LeadlineProcess.RunAsync(worker, "streams", "list")).Output.ShouldContain("| orders | orders   | csv    | full_refresh_append |");
        var stream = (await worker.Http.GetFromJsonAsync<JsonElement>("/streams"))[0];
        stream.GetProperty("states")[0].GetProperty("mode").GetString().ShouldBe("full_refresh_append");
        stream.GetProperty("requested")[0].GetProperty("kind").GetString().ShouldBe("reset");

        (await WorkerScene.RunToEndAsync(worker, "orders")).GetProperty("run").GetProperty("rows").GetInt64().ShouldBe(2);
        (await scene.QueryAsync("select count(*) from raw.orders")).ShouldBe(2L);
        (await worker.Http.GetFromJsonAsync<JsonElement>("/streams"))[0].GetProperty("requested").GetArrayLength().ShouldBe(0);
    }

    private static void AddContract(WorkerScene scene, string amount) => scene.AddContract("orders", $$"""
        name: orders
        format: csv
        file: orders/orders.csv
        fields:
          - {name: id, type: integer, required: true}
          - {name: amount, type: {{amount}}}
        """);

    private static async Task<JsonElement> GetAsync(WorkerProcess worker, string path) =>
        await worker.Http.GetFromJsonAsync<JsonElement>($"/quarantine{path}");

    private static async Task<(HttpStatusCode Status, JsonElement Answer, string? Detail)> PostAsync(
        WorkerProcess worker, string path, string what = "quarantine")
    {
        using var response = await worker.Http.PostAsync($"/{what}{path}", content: null);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, answer, answer.TryGetProperty("detail", out var detail) ? detail.GetString() : null);
    }
}
