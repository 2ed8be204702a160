using System.Diagnostics;
using System.Globalization;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace Benchmarks;

/// <summary>
/// All pipelines of the repository on their samples: ingest, build and test from an empty server, from the start of the worker until it is healthy; then
/// a run of all of them after each source has got one in a hundred more rows. The rows that were loaded are counted.
/// </summary>
internal sealed class WarehouseBenchmark : IBenchmark
{
    private static readonly string[] s_pipelines = ["cars", "ecommerce", "growth", "leads", "vault"];

    public string Name => "warehouse";

    public string Description => "all pipelines on sample data, from an empty server and with 1 % new rows";

    public async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var projects = Path.Combine(folder.Path, "projects");
        CopyProjects(projects);
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { Durable = true, Port = 0 }, cancellationToken);
        var connection = await server.CreateDatabaseAsync(cancellationToken);
        var market = new NpgsqlConnectionStringBuilder(connection) { Database = "marketplace" };
        await using var worker = new BenchmarkWorker(projects, connection, folder.Path);
        report.Figure("all five pipelines from an empty server, worker's start to healthy", await worker.HealthyAsync(cancellationToken), "s", 30);
        var processor = worker.ProcessorSeconds;
        report.Figure("the worker's processor time in it", processor, "s");

        await using var database = NpgsqlDataSource.Create(connection);
        var before = await LoadedAsync(database, cancellationToken);
        var added = AddToFiles(Path.Combine(folder.Path, "sample"), projects);
        await AddOrdersAsync(market.ConnectionString, cancellationToken);

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(s_pipelines.Select(pipeline => worker.RunAsync(pipeline, cancellationToken)));
        report.Figure("the same with 1 % new rows in every source", clock.Elapsed.TotalSeconds, "s", 8);
        report.Figure("the worker's processor time in it", worker.ProcessorSeconds - processor, "s");
        report.Figure("peak memory of the worker", worker.PeakMegabytes, "MB", 300);

        var after = await LoadedAsync(database, cancellationToken);
        foreach (var (table, rows) in added)
        {
            if (after[table] - before[table] != rows)
                throw new BenchmarkException($"raw.{table} has {after[table] - before[table]} rows more, not {rows}.");
        }
    }

    private static void CopyProjects(string target)
    {
        var source = Path.Combine(Repository.Root, "Models", "Warehouse");
        foreach (var project in s_pipelines.Append("packages"))
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(source, project), "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(target, Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }

    /// <summary>Returns the tables, each with the rows that the next load of it adds.</summary>
    private static IReadOnlyDictionary<string, long> AddToFiles(string samples, string projects)
    {
        var data = Directory.GetDirectories(samples).Single();
        // sessions come as one more file
        var sessions = File.ReadAllLines(Path.Combine(data, "growth", "sessions.csv"));
        var newSessions = sessions.TakeLast(sessions.Length / 100).Select(line => "new" + line).ToList();
        File.WriteAllLines(Path.Combine(data, "growth", "sessions_new.csv"), newSessions.Prepend(sessions[0]));
        // the other files are appended to, and loaded anew as a whole
        var leads = Append(Path.Combine(data, "leads", "call_dataset.csv"), number => $"{number},{900_000_000 + number},False,,3,60.0,0");
        var sales = Append(
            Path.Combine(data, "cars", "transactions.csv"), number => $"{number},{100_000 + number},101,201,1,15000.00,2024-07-01 10:00:00");
        var contract = Path.Combine(projects, "vault", "contracts", "purchases.yml");
        File.WriteAllText(contract, File.ReadAllText(contract).Replace("rows: 3000", "rows: 3030", StringComparison.Ordinal));
        return new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["sessions"] = newSessions.Count, ["call_dataset"] = leads, ["transactions"] = sales, ["purchases"] = 30, ["market_orders"] = 12,
        };
    }

    private static long Append(string file, Func<int, string> row)
    {
        var lines = File.ReadAllLines(file).ToList();
        var added = lines.Count / 100;
        lines.AddRange(Enumerable.Range(lines.Count, added).Select(row));
        File.WriteAllText(file, string.Join('\n', lines) + "\n");
        return lines.Count - 1;
    }

    private static async Task AddOrdersAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(
            """
            insert into customers select 'new ' || customer_id, customer_unique_id, customer_zip_code_prefix, customer_city, customer_state
            from customers order by customer_id limit 12;
            insert into orders select 'new ' || customer_id, customer_id, 'created', '2018-09-01', null, null, null, null
            from customers where customer_id like 'new %'
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<string, long>> LoadedAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in (string[])["sessions", "call_dataset", "transactions", "purchases", "market_orders"])
        {
            await using var command = database.CreateCommand($"select count(*) from raw.{table}");
            counts[table] = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        }

        return counts;
    }
}
