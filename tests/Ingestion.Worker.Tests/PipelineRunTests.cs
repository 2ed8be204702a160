using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ingestion.Worker.Tests;

public sealed class PipelineRunTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_failed_attempt_is_repeated_and_each_attempt_is_kept()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", """
            schedule: {at_start: false}
            steps:
              - name: refresh
                call: {url: RECEIVER/refresh}
                retries: 2
                backoff: 1s
            """);
        scene.Receiver.Answer = (_, count) => (count < 3 ? 500 : 200, TimeSpan.Zero);
        var worker = await scene.StartHealthyAsync();

        var details = await WorkerScene.RunToEndAsync(worker, "orders");

        details.GetProperty("run").GetProperty("status").GetString().ShouldBe("Succeeded");
        var attempts = details.GetProperty("steps")[0].GetProperty("attempts").EnumerateArray().ToList();
        attempts.Select(a => a.GetProperty("status").GetString()).ShouldBe(["Failed", "Failed", "Succeeded"]);
        attempts[0].GetProperty("reason").GetString().ShouldBe($"POST {scene.Receiver.Url}/refresh was answered with 500");
        var pauses = attempts.Zip(attempts.Skip(1), (a, b) => b.GetProperty("startedAt").GetDateTimeOffset() - a.GetProperty("finishedAt").GetDateTimeOffset()).ToList();
        // a timer may be late under load, but it is never early by more than its resolution
        pauses[0].ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
        pauses[1].ShouldBeGreaterThan(TimeSpan.FromSeconds(1.9));
        details.GetProperty("logs").EnumerateArray().Select(l => l.GetProperty("message").GetString()).ShouldContain(m => m!.Contains("attempt 1 of 3 at refresh failed"));
    }

    [Fact]
    public async Task A_step_that_takes_too_long_fails_and_what_comes_after_it_is_left_out()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", """
            schedule: {at_start: false}
            steps:
              - {name: slow, call: {url: RECEIVER/slow}, timeout: 1s}
              - {name: next, call: {url: RECEIVER/next}}
            """);
        scene.Receiver.Answer = (_, _) => (200, TimeSpan.FromMinutes(1));
        var worker = await scene.StartHealthyAsync();

        var details = await WorkerScene.RunToEndAsync(worker, "orders");

        details.GetProperty("run").GetProperty("status").GetString().ShouldBe("Failed");
        details.GetProperty("run").GetProperty("reason").GetString().ShouldBe("step 'slow' took longer than its timeout of 00:00:01");
        Statuses(details).ShouldBe([("slow", "Failed"), ("next", "Skipped")]);
        scene.Receiver.Count("/next").ShouldBe(0);
    }

    [Fact]
    public async Task An_advisory_step_that_fails_is_reported_and_does_not_stop_the_run()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", """
            schedule: {at_start: false}
            steps:
              - {name: check, call: {url: RECEIVER/check}, on_failure: report}
              - {name: next, call: {url: RECEIVER/next}}
            webhooks:
              - url: RECEIVER/hook
            """);
        scene.Receiver.Answer = (path, _) => (path == "/check" ? 503 : 200, TimeSpan.Zero);
        var worker = await scene.StartHealthyAsync();

        var details = await WorkerScene.RunToEndAsync(worker, "orders");

        details.GetProperty("run").GetProperty("status").GetString().ShouldBe("Succeeded");
        Statuses(details).ShouldBe([("check", "Warned"), ("next", "Succeeded")]);
        while (scene.Receiver.Count("/hook") == 0)
            await Task.Delay(50);
        var message = JsonDocument.Parse(scene.Receiver.Calls.Single(c => c.Path == "/hook").Body).RootElement;
        message.GetProperty("text").GetString().ShouldNotBeNull().ShouldEndWith("but for 1 advisory step");
        message.GetProperty("attachments")[0].GetProperty("color").GetString().ShouldBe("warning");
    }

    [Fact]
    public async Task Steps_that_do_not_wait_for_each_other_run_at_once_up_to_the_limit()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", """
            schedule: {at_start: false}
            concurrency: 2
            steps:
              - {name: a, call: {url: RECEIVER/same}, after: []}
              - {name: b, call: {url: RECEIVER/same}, after: []}
              - {name: c, call: {url: RECEIVER/last}, after: [a, b]}
            """);
        // neither of the two is answered before the other has come
        var both = new TaskCompletionSource();
        scene.Receiver.Answer = (path, count) =>
        {
            if (path == "/same" && count == 2)
                both.SetResult();
            if (path == "/same")
                both.Task.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            return (200, TimeSpan.Zero);
        };
        var worker = await scene.StartHealthyAsync();

        var details = await WorkerScene.RunToEndAsync(worker, "orders");

        details.GetProperty("run").GetProperty("status").GetString().ShouldBe("Succeeded");
        scene.Receiver.Calls.Last().Path.ShouldBe("/last");
    }

    [Fact]
    public async Task A_run_that_is_called_off_ends_and_says_so()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "schedule: {at_start: false}\nsteps:\n  - {call: {url: RECEIVER/slow}}");
        scene.Receiver.Answer = (_, _) => (200, TimeSpan.FromMinutes(1));
        var worker = await scene.StartHealthyAsync();
        using (var refused = await worker.Http.PostAsync("/pipelines/orders/cancel", content: null))
            refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);

        var run = await WorkerScene.RunAsync(worker, "orders");
        while (scene.Receiver.Count("/slow") == 0)
            await Task.Delay(20);
        using (var second = await worker.Http.PostAsync("/pipelines/orders/run", content: null))
            second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using (var accepted = await worker.Http.PostAsync("/pipelines/orders/cancel", content: null))
            accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        var details = await WorkerScene.WaitAsync(worker, "orders", run);
        details.GetProperty("run").GetProperty("status").GetString().ShouldBe("Cancelled");
        Statuses(details).ShouldBe([("call", "Cancelled")]);
    }

    [Fact]
    public async Task A_retry_begins_at_the_step_that_failed()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", """
            schedule: {at_start: false}
            steps:
              - {name: first, call: {url: RECEIVER/first}}
              - {name: second, call: {url: RECEIVER/second}}
              - {name: third, call: {url: RECEIVER/third}}
            """);
        scene.Receiver.Answer = (path, count) => (path == "/second" && count == 1 ? 500 : 200, TimeSpan.Zero);
        var worker = await scene.StartHealthyAsync();
        (await WorkerScene.RunToEndAsync(worker, "orders")).GetProperty("run").GetProperty("status").GetString().ShouldBe("Failed");

        var details = await WorkerScene.RunToEndAsync(worker, "orders", "retry");

        Statuses(details).ShouldBe([("second", "Succeeded"), ("third", "Succeeded"), ("first", "Reused")]);
        scene.Receiver.Count("/first").ShouldBe(1);
        using var nothing = await worker.Http.PostAsync("/pipelines/orders/retry", content: null);
        nothing.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await nothing.Content.ReadAsStringAsync()).ShouldContain("went well");
    }

    [Fact]
    public async Task A_backfill_runs_each_day_once_in_order()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "schedule: {at_start: false}\nsteps:\n  - {call: {url: RECEIVER/day}}");
        var worker = await scene.StartHealthyAsync();

        using var response = await worker.Http.PostAsync("/pipelines/orders/backfill?from=2026-02-26&to=2026-03-02T12:00:00Z", content: null);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("runs").GetInt32().ShouldBe(5);
        await scene.UntilAsync("select count(*) = 5 from ingestion.runs where kind = 'Backfill' and status = 'Succeeded'");
        (await scene.QueryAsync("select string_agg(to_char(range_start at time zone 'UTC', 'MM-DD'), ' ' order by started_at) from ingestion.runs")).ShouldBe("02-26 02-27 02-28 03-01 03-02");
        (await scene.QueryAsync("select max(range_end) at time zone 'UTC' from ingestion.runs")).ShouldBe(new DateTime(2026, 3, 2, 12, 0, 0));
        scene.Receiver.Overlaps.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "'from' is missing")]
    [InlineData("?from=2026-02-30&to=2026-03-01", "'from' must be a date or time, as in 2026-01-31")]
    [InlineData("?from=2026-02-02&to=2026-02-01", "'from' (2026-02-02) must be before 'to' (2026-02-01)")]
    [InlineData("?from=2026-02-01&to=2026-02-02&interval=year", "'interval' must be one of hour, day, week, month, not 'year'.")]
    [InlineData("?from=2000-01-01&to=2026-01-01", "The range takes more than 1000 runs")]
    public async Task A_wrong_range_is_a_problem_that_says_how_to_write_it(string query, string message)
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "schedule: {at_start: false}\nsteps:\n  - {call: {url: RECEIVER/day}}");
        var worker = await scene.StartHealthyAsync();

        using var response = await worker.Http.PostAsync($"/pipelines/orders/backfill{query}", content: null);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(message);
    }

    [Fact]
    public async Task A_program_that_is_not_configured_fails_its_step_with_one_line_unless_the_step_is_optional()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "schedule: {at_start: false}\nsteps:\n  - {score: all, optional: true}\n  - train: all");
        var worker = await scene.StartHealthyAsync();

        var details = await WorkerScene.RunToEndAsync(worker, "orders");

        Statuses(details).ShouldBe([("score", "Succeeded"), ("train", "Failed")]);
        details.GetProperty("run").GetProperty("reason").GetString().ShouldBe("Step 'train' runs the program of Leadline__Programs__train, which is not set. Set it to the program's file.");
    }

    [Fact]
    public async Task A_program_that_cannot_be_run_fails_its_step_with_one_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no permission to execute a file.");
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "schedule: {at_start: false}\nsteps:\n  - train: all");
        var program = scene.AddProgram("train", "exit 0");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var worker = await scene.StartHealthyAsync(("Leadline__Programs__train", program));

        var details = await WorkerScene.RunToEndAsync(worker, "orders");

        details.GetProperty("run").GetProperty("reason").GetString()!.ShouldStartWith("The program 'train' of Leadline__Programs__train cannot be started: ");
        worker.Output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_program_has_the_warehouse_and_no_secret_and_what_it_says_is_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program is a shell script.");
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", "schedule: {at_start: false}\nsteps:\n  - train: all");
        var program = scene.AddProgram("train", "[ -n \"$ConnectionStrings__warehouse\" ] && echo \"$1s with the login of $ConnectionStrings__warehouse\"\nenv | grep -q not-for-others && echo has the secret\nexit 0");
        var worker = await scene.StartHealthyAsync(("Leadline__Programs__train", program), ("Secrets__orders_api", "not-for-others"), ("ConnectionStrings__serving", "Host=there"));

        var details = await WorkerScene.RunToEndAsync(worker, "orders");

        details.GetProperty("run").GetProperty("status").GetString().ShouldBe("Succeeded");
        var said = details.GetProperty("logs").EnumerateArray().Select(l => l.GetProperty("message").GetString()!).ToList();
        said.ShouldContain("Pipeline orders: train: trains with the login of Host=there");
        said.ShouldNotContain("Pipeline orders: train: has the secret");
    }

    private static IEnumerable<(string?, string?)> Statuses(JsonElement details) =>
        details.GetProperty("steps").EnumerateArray().Select(s => (s.GetProperty("step").GetString(), s.GetProperty("status").GetString()));
}
