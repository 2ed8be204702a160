using System.Diagnostics;
using System.Globalization;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace Benchmarks;

/// <summary>
/// Kills a load at random moments (SIGKILL), then loads again, and checks that raw holds every row of the source exactly once. Half of the loads commit
/// in parts. The same for pipelines is a test of the worker, with as many kills as LEADLINE_TEST_KILLS says.
/// </summary>
internal sealed class KillBenchmark : IBenchmark
{
    private const int Rows = 300_000;
    private const int Kills = 50;

    public string Name => "kill";

    public string Description => $"a load of {Rows} rows, killed at {Kills} random moments and started again";

    public async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await LoadFiles.WriteAsync(folder.Path, Rows, cancellationToken);
        string[] contracts = [LoadBenchmark.WriteContract(folder.Path, "csv"), LoadBenchmark.WriteContract(folder.Path, "csv", "commit_every: 10000")];
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), cancellationToken);
        var clock = Stopwatch.StartNew();
        LoadBenchmark.Load(contracts[0], new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync(cancellationToken)), source: null);
        var usual = clock.Elapsed;

        var random = new Random(20261129);
        var (cutOff, inParts) = (0, 0);
        for (var i = 0; i < Kills; i++)
        {
            var database = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync(cancellationToken));
            await using (LoadBenchmark.Start(contracts[i % 2], database))
                await Task.Delay(usual * random.NextDouble(), cancellationToken);

            await using var source = NpgsqlDataSource.Create(database);

            // a kill may have come before the scripts that add these columns
            const string Batches = "(select to_jsonb(b) as batch from ingestion.batches b) batches";
            cutOff += await CountAsync(source, Batches, "batch ->> 'identity' is not null", cancellationToken) == 0 ? 1 : 0;
            inParts += await CountAsync(source, Batches, "(batch ->> 'records_read')::bigint > 0", cancellationToken) > 0 ? 1 : 0;
            LoadBenchmark.Load(contracts[i % 2], database, source: null);
            await LoadBenchmark.CheckAsync(database, "raw.events", Rows, cancellationToken);
            if (await CountAsync(source, "(select distinct id from raw.events) ids", "true", cancellationToken) != Rows)
                throw new BenchmarkException($"Kill {i + 1}: raw.events holds rows twice.");
            await LoadBenchmark.DropAsync(server, database, cancellationToken);
        }

        report.Figure("loads that were killed before their end", cutOff, "");
        report.Figure("of them with committed parts", inParts, "");
    }

    /// <summary>The number of rows; 0 if the table does not exist yet.</summary>
    private static async Task<long> CountAsync(NpgsqlDataSource source, string table, string condition, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = source.CreateCommand($"select count(*) from {table} where {condition}");
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return 0;
        }
    }
}
