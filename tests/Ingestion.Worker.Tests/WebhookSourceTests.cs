using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace Ingestion.Worker.Tests;

/// <summary>Events that other programs send to the worker, up to their rows.</summary>
public sealed class WebhookSourceTests(PostgresFixture postgres)
{
    private const string ReadKey = "a-key-that-only-reads-0123";
    private const string SendKey = "a-key-that-only-sends-0123";
    private const string RunKey = "a-key-that-may-run-4567890";

    [Fact]
    public async Task Events_are_stored_before_they_are_accepted_and_loaded_once_also_by_workers_that_are_killed()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("shop", "schedule: {at_start: false}\nsteps:\n  - {ingest: all}");
        scene.AddContract("shop", """
            name: orders
            format: webhook
            options: {key: event, max_request_kb: 10}
            fields:
              - {name: event, type: text, required: true}
              - {name: amount, type: integer}
            """);
        (string, string)[] settings =
        [
            ("DOTNET_ENVIRONMENT", "Production"), ("Leadline__ApiKeys__0__Key", ReadKey), ("Leadline__ApiKeys__1__Key", SendKey),
            ("Leadline__ApiKeys__1__Scope", "Send"), ("Leadline__ApiKeys__2__Key", RunKey), ("Leadline__ApiKeys__2__Scope", "Run"),
        ];
        var worker = await scene.StartHealthyAsync(settings);

        (await SendAsync(worker, SendKey, """{"event": "a", "amount": 1}""")).ShouldBe((HttpStatusCode.Accepted, "orders 1 0"));
        (await SendAsync(worker, SendKey, """[{"event": "a", "amount": 2}, {"event": "b", "amount": 3}, {"event": 7, "amount": "x"}]"""))
            .ShouldBe((HttpStatusCode.Accepted, "orders 2 1"));
        (await SendAsync(worker, RunKey, """{"event": "c"}""")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await SendAsync(worker, key: null, "{}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(worker, ReadKey, "{}")).ShouldBe((HttpStatusCode.Forbidden, "The key has the scope Read; this request needs Send."));
        (await SendAsync(worker, SendKey, """[{"event": "d"}, 5]""")).ShouldBe((HttpStatusCode.BadRequest, "Nothing is stored: event 2 is no JSON object."));
        (await SendAsync(worker, SendKey, """{"amount": 5}""")).ShouldBe(
            (HttpStatusCode.BadRequest, "Nothing is stored: the event has no text or number 'event', by which it is known when it is sent again."));
        (await SendAsync(worker, SendKey, "{\n\"event\" 1}")).ShouldBe(
            (HttpStatusCode.BadRequest, "Nothing is stored: the body is no valid JSON in UTF-8 (line 2, byte 9)."));
        (await SendAsync(worker, SendKey, new string(' ', 20_000) + "{}")).ShouldBe((
            HttpStatusCode.RequestEntityTooLarge,
            "The request is larger than the stream 'orders' accepts; send fewer events at once, or raise 'max_request_kb' in its contract."));
        (await SendAsync(worker, SendKey, "event=a", "application/x-www-form-urlencoded")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await SendAsync(worker, SendKey, "{}", table: "oders")).Status.ShouldBe(HttpStatusCode.NotFound);
        using (var list = await RequestAsync(worker, SendKey, HttpMethod.Get, "/pipelines"))
            list.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // the load is held after it has read the events, and its worker killed
        await scene.QueryAsync(
            """
            create function hold() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock_shared(7); return new; end';
            create trigger hold before update on ingestion.webhook_events for each row execute function hold()
            """);
        await using (var holder = await scene.Database.OpenConnectionAsync())
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await using (var command = new NpgsqlCommand("select pg_advisory_xact_lock(7)", holder))
                await command.ExecuteNonQueryAsync();
            using (var run = await RequestAsync(worker, RunKey, HttpMethod.Post, "/pipelines/shop/run"))
                run.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            await scene.UntilAsync("select exists (select from pg_locks where locktype = 'advisory' and objid = 7 and not granted)");
            await worker.KillAsync();
        }

        await scene.QueryAsync("drop trigger hold on ingestion.webhook_events");
        worker = await scene.StartHealthyAsync(settings);
        await scene.UntilAsync("select exists (select from ingestion.runs where status = 'Succeeded')");
        (await scene.QueryAsync("select string_agg(concat_ws(' ', event, amount, meta_source_file), ', ' order by event) from raw.orders"))
            .ShouldBe("a 1 webhook, b 3 webhook, c webhook");
        (await scene.QueryAsync("select string_agg(reason, ', ') from ingestion.quarantine")).ShouldBe("amount 'x' is not a number");
        (await scene.QueryAsync("select count(*) from ingestion.webhook_events where batch_id is null")).ShouldBe(0L);

        (await SendAsync(worker, SendKey, """[{"event": "c"}, {"event": "e", "amount": 4}]""")).ShouldBe((HttpStatusCode.Accepted, "orders 1 1"));
        using (var run = await RequestAsync(worker, RunKey, HttpMethod.Post, "/pipelines/shop/run"))
            run.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await scene.UntilAsync("select count(*) = 4 from raw.orders");
        (await scene.QueryAsync("select string_agg(row_count || ' ' || quarantined_count, ', ' order by started_at) from ingestion.batches")).ShouldBe("3 1, 1 0");
    }

    private static async Task<(HttpStatusCode Status, string? Answer)> SendAsync(
        WorkerProcess worker, string? key, string body, string type = "application/json", string table = "orders")
    {
        using var response = await RequestAsync(worker, key, HttpMethod.Post, $"/webhooks/{table}", new StringContent(body, Encoding.UTF8, type));
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, response.IsSuccessStatusCode
            ? $"{answer.GetProperty("table")} {answer.GetProperty("accepted")} {answer.GetProperty("repeated")}"
            : answer.GetProperty("detail").GetString());
    }

    private static async Task<HttpResponseMessage> RequestAsync(
        WorkerProcess worker, string? key, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await worker.Http.SendAsync(request);
    }
}
