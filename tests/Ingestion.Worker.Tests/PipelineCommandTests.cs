namespace Ingestion.Worker.Tests;

/// <summary><c>leadline pipeline</c> against a worker.</summary>
public sealed class PipelineCommandTests(PostgresFixture postgres)
{
    private const string Pipeline = "schedule: {at_start: false}\nsteps:\n  - {name: first, call: {url: RECEIVER/first}}\n  - {name: second, call: {url: RECEIVER/second}}";

    [Fact]
    public async Task A_pipeline_is_listed_run_retried_and_shown()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", Pipeline);
        scene.Receiver.Answer = (path, count) => (path == "/second" && count == 1 ? 500 : 200, TimeSpan.Zero);
        var worker = await scene.StartHealthyAsync();

        (await LeadlineAsync(worker, "list")).Output.ShouldContain("| orders   | false   |");
        var failed = await LeadlineAsync(worker, "run", "orders", "--wait");
        failed.ExitCode.ShouldBe(1, failed.Output);
        failed.Output.ShouldContain($"Failed: 0 rows loaded, 0 records quarantined. POST {scene.Receiver.Url}/second was answered with 500");
        var again = await LeadlineAsync(worker, "retry", "orders", "--wait");
        again.ExitCode.ShouldBe(0, again.Output);
        again.Output.ShouldContain("| first  | Reused    |");
        var runs = await LeadlineAsync(worker, "runs", "orders");
        runs.Output.ShouldContain("| Retry  | Succeeded |");
        runs.Output.ShouldContain("| Manual | Failed    |");
        (await LeadlineAsync(worker, "backfill", "orders", "--from", "2026-01-01", "--to", "2026-01-04")).Output.ShouldContain("Runs of pipeline orders that are asked for: 3.");
        await scene.UntilAsync("select count(*) = 3 from ingestion.runs where kind = 'Backfill' and status = 'Succeeded'");
        (await LeadlineAsync(worker, "cancel", "orders")).ShouldBe((2, "No run of pipeline 'orders' is under way or waits."));
    }

    [Fact]
    public async Task What_the_worker_refuses_is_one_line_and_exit_code_2()
    {
        await using var scene = await WorkerScene.CreateAsync(postgres);
        scene.AddPipeline("orders", Pipeline);
        var worker = await scene.StartHealthyAsync(("DOTNET_ENVIRONMENT", "Production"), ("Leadline__ApiKeys__0__Key", "a-key-that-only-reads-0123"));
        var key = scene.AddFile("key", "a-key-that-only-reads-0123\n");

        (await LeadlineAsync(worker, "list")).ShouldBe(
            (2, "Send a key of this service in the header 'Authorization: Bearer KEY'. Put it into LEADLINE_WORKER_KEY, or into a file that --key-file names."));
        (await LeadlineAsync(worker, "list", "--key-file", key)).ExitCode.ShouldBe(0);
        (await LeadlineAsync(worker, "run", "orders", "--key-file", key)).ShouldBe((2, "The key has the scope Read; this request needs Run."));
        (await LeadlineAsync(worker, "runs", "odrers", "--key-file", key)).ShouldBe((2, "There is no pipeline 'odrers'; there are orders."));
        await worker.KillAsync();
        (await LeadlineAsync(worker, "list")).ShouldSatisfyAllConditions(
            answer => answer.ExitCode.ShouldBe(2),
            answer => answer.Output.ShouldStartWith($"No worker answers at {worker.Http.BaseAddress}: "),
            answer => answer.Output.ShouldEndWith("Start it, or give its address with --url or LEADLINE_WORKER."));
    }

    private static Task<(int ExitCode, string Output)> LeadlineAsync(WorkerProcess worker, params string[] arguments) =>
        LeadlineProcess.RunAsync(worker, ["pipeline", .. arguments]);
}
