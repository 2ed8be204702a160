using System.Diagnostics;
using System.Net;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace Benchmarks;

/// <summary>
/// What a pipeline costs beside its steps: from a request for a run to the request that its first step sends, on one worker; then
/// 1,000 pipelines with a time each minute on two workers that share the schedule, of which none may be missed or doubled. Commits are durable.
/// </summary>
internal sealed class PipelineBenchmark : IBenchmark
{
    private const int Runs = 200;
    private const int Pipelines = 1_000;
    private const int Minutes = 2;

    public string Name => "pipelines";

    public string Description => $"a run's way to its first step; {Pipelines} pipelines scheduled on two workers";

    public async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { Durable = true }, cancellationToken);
        using var receiver = new HttpListener();
        var address = $"http://127.0.0.1:{BenchmarkWorker.FreePort()}/";
        receiver.Prefixes.Add(address);
        receiver.Start();
        await TriggerAsync(report, server, receiver, address, cancellationToken);
        await ScheduleAsync(report, server, receiver, address, cancellationToken);
    }

    private static async Task TriggerAsync(Report report, PostgresServer server, HttpListener receiver, string address, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        AddPipeline(folder.Path, "probe", address, schedule: "{at_start: false}");
        await using var worker = new BenchmarkWorker(folder.Path, await server.CreateDatabaseAsync(cancellationToken));
        await worker.HealthyAsync(cancellationToken);

        var all = new List<double>(Runs);
        for (var i = 0; i < Runs; i++)
        {
            var called = receiver.GetContextAsync();
            var clock = Stopwatch.StartNew();
            using var accepted = await worker.Http.PostAsync("/pipelines/probe/run", content: null, cancellationToken);
            if (!accepted.IsSuccessStatusCode)
                throw new BenchmarkException($"A run was answered with {(int)accepted.StatusCode}.");

            var call = await called.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            all.Add(clock.Elapsed.TotalMilliseconds);
            call.Response.Close();
            while (!(await worker.Http.GetStringAsync("/pipelines/probe", cancellationToken)).Contains("\"isRunning\":false", StringComparison.Ordinal))
                await Task.Delay(10, cancellationToken);
        }

        all.Sort();
        report.Figure($"request to the first step's own request, median of {Runs}", all[Runs / 2], "ms", 100);
        report.Figure("the same, 95 of 100 within", all[Runs * 95 / 100], "ms");
    }

    private static async Task ScheduleAsync(Report report, PostgresServer server, HttpListener receiver, string address, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < Pipelines; i++)
            AddPipeline(folder.Path, $"p{i}", address, schedule: "{at_start: false, cron: \"* * * * *\"}");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answering = AnswerAsync(receiver, ended.Token);

        var connectionString = await server.CreateDatabaseAsync(cancellationToken);
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var first = new BenchmarkWorker(folder.Path, connectionString);
        await first.HealthyAsync(cancellationToken);
        await using var second = new BenchmarkWorker(folder.Path, connectionString);
        await second.HealthyAsync(cancellationToken);
        await UntilAsync(database, $"select count(*) = {Pipelines} from ingestion.quartz_cron_triggers", cancellationToken);

        // whole minutes that both workers see from their beginning to their end
        var from = NextMinute(DateTime.UtcNow.AddSeconds(5));
        var to = from.AddMinutes(Minutes);
        var expected = Pipelines * Minutes;
        var range = $"scheduled_for >= '{from:O}' and scheduled_for < '{to:O}'";
        await Task.Delay(to - DateTime.UtcNow, cancellationToken);
        await UntilAsync(database, $"select count(*) >= {expected} from ingestion.runs where {range} and finished_at is not null", cancellationToken);

        var right = await ScalarAsync<long>(database, $"select count(distinct (pipeline, scheduled_for)) from ingestion.runs where {range} and status = 'Succeeded'", cancellationToken);
        var runs = await ScalarAsync<long>(database, $"select count(*) from ingestion.runs where {range}", cancellationToken);
        var workers = await ScalarAsync<long>(database, $"select count(distinct worker) from ingestion.runs where {range}", cancellationToken);
        var late = await ScalarAsync<double>(database, $"select max(extract(epoch from started_at - scheduled_for))::float8 from ingestion.runs where {range}", cancellationToken);
        await ended.CancelAsync();
        receiver.Stop();
        await answering;
        if (workers != 2)
            throw new BenchmarkException($"{workers} workers took part, not 2.");

        report.Figure($"{Pipelines} pipelines on two workers, {Minutes} minutes: runs missed", expected - right, "", 0);
        report.Figure("the same: runs doubled", runs - right, "", 0);
        report.Figure("the same: the latest began after its time", late, "s");
    }

    private static void AddPipeline(string folder, string name, string address, string schedule) => File.WriteAllText(
        Path.Combine(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, "pipeline.yml"),
        $"schedule: {schedule}\nsteps:\n  - call: {{url: \"{address}\"}}\n");

    private static async Task AnswerAsync(HttpListener receiver, CancellationToken ended)
    {
        try
        {
            while (!ended.IsCancellationRequested)
                (await receiver.GetContextAsync()).Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // it was stopped
        }
    }

    private static DateTime NextMinute(DateTime time) => new DateTime(time.Year, time.Month, time.Day, time.Hour, time.Minute, 0, DateTimeKind.Utc).AddMinutes(1);

    private static async Task UntilAsync(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (!await ScalarAsync<bool>(database, sql, cancellationToken))
        {
            if (clock.Elapsed > TimeSpan.FromMinutes(2))
                throw new BenchmarkException($"This did not come true: {sql}");

            await Task.Delay(100, cancellationToken);
        }
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
