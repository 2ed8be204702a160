using System.Globalization;
using System.Text.RegularExpressions;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace Benchmarks;

/// <summary>
/// How soon <c>leadline</c> is at work: from process start to the moment the server answers its first query, and parse and run of the
/// leads project on the generated sample, which the worker loads first.
/// </summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const int Repetitions = 5;
    private const string WorkerUrl = "http://127.0.0.1:5987";

    public string Name => "start";

    public string Description => "leadline: process start to first statement; parse + run of the leads project (sample data)";

    public async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { Port = 0 }, cancellationToken);
        var connection = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync(cancellationToken)) { SearchPath = "bench" };
        await LoadSampleAsync(connection, cancellationToken);

        var project = Path.Combine(Repository.Root, "Models", "Warehouse", "leads");
        report.Figure("process start to first statement, median", Median(() => FirstStatement(project, connection)), "s", 0.4);
        report.Figure("leads project, parse + run, median", Median(() => RunLeads(project, connection)), "s", 1.2);
    }

    private static async Task LoadSampleAsync(NpgsqlConnectionStringBuilder connection, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__warehouse"] = connection.ConnectionString,
            ["ASPNETCORE_URLS"] = WorkerUrl,
            ["Leadline__Pipelines__0"] = "leads",
        };
        using var client = new HttpClient();
        await using var worker = new BackgroundProcess(Repository.Program("Ingestion/Worker", "Ingestion.Worker"), [], environment);
        await worker.UntilAsync(() => client.GetAsync(WorkerUrl + "/health", cancellationToken), cancellationToken);
    }

    /// <summary>The server's clock when it carried out the query, less this one's when the process was started.</summary>
    private static double FirstStatement(string project, NpgsqlConnectionStringBuilder connection)
    {
        const string Query = "select 'at ' || extract(epoch from clock_timestamp()) as moment";
        var started = DateTimeOffset.UtcNow;
        var run = ProcessRun.Start(Leadline.Command, ["show", "--inline", Query, "--project-dir", project], Leadline.Environment(connection));
        var moment = Regex.Match(run.Output, @"at (?<seconds>\d+\.\d+)", RegexOptions.ExplicitCapture);
        if (!moment.Success)
            throw new BenchmarkException($"The query's answer is not in the output: {run.Output}");

        return double.Parse(moment.Groups["seconds"].Value, CultureInfo.InvariantCulture) - (started.ToUnixTimeMilliseconds() / 1000.0);
    }

    private static double RunLeads(string project, NpgsqlConnectionStringBuilder connection)
    {
        var run = ProcessRun.Start(Leadline.Command, ["run", "--project-dir", project], Leadline.Environment(connection));
        if (!run.Output.Contains("ERROR=0", StringComparison.Ordinal))
            throw new BenchmarkException($"The run did not say that nothing failed: {run.Output}");

        return run.Seconds;
    }

    private static double Median(Func<double> measure)
    {
        var all = Enumerable.Range(0, Repetitions).Select(_ => measure()).Order().ToList();
        return all[Repetitions / 2];
    }
}
