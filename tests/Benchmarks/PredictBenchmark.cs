using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace Benchmarks;

/// <summary>
/// The API beside <see cref="BareService"/>, in turns on one server: by contact, with features in the body, fifty contacts in a call, a stream of features,
/// and changes of the champion under load.
/// </summary>
internal sealed class PredictBenchmark : IBenchmark
{
    private const int Leads = 20_000;
    private const int Connections = 16;
    private const int Rounds = 3;
    private const double Seconds = 5;
    private const int Lines = 200_000;
    private const int Swaps = 5;
    private const string Key = "key-of-the-benchmark";
    private const string Score = "\"score\":";

    public string Name => "predict";

    public string Description => $"POST /predict from a second process over loopback, {Connections} connections, against bare endpoints";

    public async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { Durable = true }, cancellationToken);
        var database = await LeadTable.CreateAsync(await server.CreateDatabaseAsync(cancellationToken), Leads, cancellationToken);
        LeadTable.Train(database, "--Training:Learners:0=scorecard");

        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        var (apiUrl, bareUrl) = ($"http://127.0.0.1:{BenchmarkWorker.FreePort()}", $"http://127.0.0.1:{BenchmarkWorker.FreePort()}");
        await using var bare = BareService.Start(bareUrl, database);
        await using var api = new BackgroundProcess(
            Repository.Program("Serving/Api", "Serving.Api"), [], new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ASPNETCORE_URLS"] = apiUrl,
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["ConnectionStrings__warehouse"] = database,
                ["Serving__Keys__0__Key"] = Key,
                ["Serving__Keys__0__Name"] = "benchmark",
            });
        await bare.UntilAsync(() => http.GetAsync($"{bareUrl}/health", cancellationToken), cancellationToken);
        await api.UntilAsync(() => http.GetAsync($"{apiUrl}/health", cancellationToken), cancellationToken);

        string[] contacts = [.. Enumerable.Range(1, Leads).Select(contact => $$"""{"contact_id": {{contact}}}""")];
        string[] values = [.. Enumerable.Range(0, 500).Select(row => $$"""{"features": {{Values(row)}}}""")];
        Compare(report, "by contact", api, bare, (new Uri($"{apiUrl}/predict"), Score), (new Uri($"{bareUrl}/row"), "\"contactId\":"), contacts, 0.85, 1.3);
        Compare(report, "with features", api, bare, (new Uri($"{apiUrl}/predict"), Score), (new Uri($"{bareUrl}/values"), "\"features\":"), values, 0.8, goalP99: null);
        MeasureMany(report, new Uri($"{apiUrl}/predict"));
        await MeasureBatchAsync(report, api, http, new Uri($"{apiUrl}/predict/batch?reasons=0"), cancellationToken);
        await SwapAsync(report, database, new Uri($"{apiUrl}/predict"), contacts, cancellationToken);
    }

    private static void Compare(
        Report report, string what, BackgroundProcess api, BackgroundProcess bareApi, (Uri Url, string Expected) ours, (Uri Url, string Expected) theirs, string[] bodies, double goal, double? goalP99)
    {
        var (shares, tails, costs) = (new List<double>(), new List<double>(), new List<double>());
        // the first round warms up
        for (var round = 0; round <= Rounds; round++)
        {
            var (bareBefore, before) = (bareApi.ProcessorSeconds, api.ProcessorSeconds);
            var bare = HttpLoad.Run(theirs.Url, Connections, Seconds, Key, theirs.Expected, bodies);
            var predict = HttpLoad.Run(ours.Url, Connections, Seconds, Key, ours.Expected, bodies);
            if (round == 0)
                continue;
            var (bareCost, cost) = ((bareApi.ProcessorSeconds - bareBefore) / bare.Requests, (api.ProcessorSeconds - before) / predict.Requests);
            costs.Add(cost / bareCost);
            report.Figure($"{what}: processor time of the bare service, of the API, for each answer", bareCost * 1e6, $"µs; {cost * 1e6:0.0} µs");
            shares.Add(predict.PerSecond / bare.PerSecond);
            tails.Add(predict.P99 / bare.P99);
            report.Figure($"{what}: bare endpoint; its 99th percentile", bare.PerSecond, $"/s; {bare.P99:0.00} ms");
            report.Figure($"{what}: POST /predict; its 99th percentile", predict.PerSecond, $"/s; {predict.P99:0.00} ms");
        }

        report.Figure($"{what}: processor time for each answer / bare service, median", costs.Order().ElementAt(Rounds / 2), "x");
        report.Least($"{what}: throughput / bare endpoint, median", shares.Order().ElementAt(Rounds / 2), "x", goal);
        report.Figure($"{what}: 99th percentile / bare endpoint, median", tails.Order().ElementAt(Rounds / 2), "x", goalP99);
    }

    private static void MeasureMany(Report report, Uri url)
    {
        const int Many = 50;
        string[] bodies = [.. Enumerable.Range(0, Leads / Many).Select(
            call => $$"""{"contact_ids": [{{string.Join(',', Enumerable.Range(call * Many + 1, Many))}}]}""")];
        HttpLoad.Run(url, Connections, Seconds, Key, Score, bodies);
        var load = HttpLoad.Run(url, Connections, Seconds, Key, $"\"unknown\":[]", bodies);
        report.Least($"{Many} contacts in a call: scores", load.PerSecond * Many, "/s", 20_000);
    }

    private static async Task MeasureBatchAsync(Report report, BackgroundProcess api, HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        var body = new StringBuilder();
        for (var line = 0; line < Lines; line++)
            body.Append("{\"features\": ").Append(Values(line)).Append("}\n");
        var content = Encoding.UTF8.GetBytes(body.ToString());
        for (var round = 0; round < 2; round++)
        {
            var before = api.ProcessorSeconds;
            await ScoreAsync(http, url, content, cancellationToken);
            if (round > 0)
                report.Least("batch with features: rows in a second of the service's processor time", Lines / (api.ProcessorSeconds - before), "/s", 200_000);
        }

        report.Figure("peak memory of the service", api.PeakMegabytes, "MB");
    }

    /// <summary>One call; over HTTP/1.1 this client reads no answer before the whole body is sent.</summary>
    private static async Task ScoreAsync(HttpClient http, Uri url, byte[] content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(content) };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var answers = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(cancellationToken));
        var scored = 0;
        while (await answers.ReadLineAsync(cancellationToken) is { } answer)
            scored += answer.Contains(Score, StringComparison.Ordinal) ? 1 : throw new BenchmarkException($"A line was answered with: {answer}");
        if (scored != Lines)
            throw new BenchmarkException($"{Lines} lines were answered with {scored}.");
    }

    /// <summary>Another champion each second, while requests come; an answer that is not a score ends the benchmark.</summary>
    private static async Task SwapAsync(Report report, string database, Uri url, string[] contacts, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using (var copy = source.CreateCommand(
            """
            insert into serving.models (name, target, learner, status, verdict, metrics, schema_fingerprint, training_fingerprint, artifact, artifact_sha256, evaluation, features)
            select name, target, learner, 'archived', verdict, metrics, schema_fingerprint, training_fingerprint, artifact, artifact_sha256, evaluation, features
            from serving.models where status = 'champion'
            """))
            await copy.ExecuteNonQueryAsync(cancellationToken);

        var usual = HttpLoad.Run(url, Connections, Seconds, Key, Score, contacts);
        var loading = Task.Run(() => HttpLoad.Run(url, Connections, Swaps * 3, Key, Score, contacts), cancellationToken);
        for (var swap = 0; swap < Swaps; swap++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2.5), cancellationToken);
            await using var promote = source.CreateCommand(
                "select serving.change_model((select max(version) from serving.models where status = 'archived'), 'champion', 'benchmark')");
            await promote.ExecuteNonQueryAsync(cancellationToken);
        }

        var load = await loading;
        await using var versions = source.CreateCommand("select count(distinct model_version) from serving.predictions where scored_at > now() - interval '15 s'");
        if (await versions.ExecuteScalarAsync(cancellationToken) is not 2L)
            throw new BenchmarkException("The scores under load are not of both models: the champion was not changed.");
        report.Figure($"{Swaps} changes of the champion under load: the worst second's 99th percentile / the usual", load.WorstSecond / usual.P99, "x", 3);
    }

    private static string Values(int row) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"call_attempts": {{row % 40}}, "total_call_seconds": {{row % 40 * 61.5}}, "calls_over_30min": {{row % 40 / 5}}, "mean_call_seconds": 61.5, "calls_over_30min_share": 0.2, "message_length": {{row % 200}}, "marketing_source": "{{(row % 2 == 0 ? "Google" : "Meta")}}", "known_city": {{(row % 3 == 0 ? "true" : "false")}}}
        """);
}
