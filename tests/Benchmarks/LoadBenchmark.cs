using System.Globalization;
using Ingestion.Connectors.Sources;
using Ingestion.Loading;
using Models.Contracts;
using Models.Diagnostics;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace Benchmarks;

/// <summary>
/// Loads the same rows as CSV, NDJSON, Parquet and from another PostgreSQL database, with contract checks, row hash and metadata, into raw; beside each
/// of them psql copies the CSV file, or the table, into its five columns. Each load is a process of its own (this program, called with <see
/// cref="ChildCommand"/>), on one server whose commits are durable.
/// </summary>
internal sealed class LoadBenchmark : IBenchmark
{
    public const string ChildCommand = "load-once";

    private const int Rows = 3_000_000;
    private const int Repetitions = 3;
    private const string Warehouse = "LOAD_WAREHOUSE";
    private const string Source = "LOAD_SOURCE";
    private const string Columns = "id bigint not null, name text, amount double precision, day date, active boolean";

    private static readonly (string Format, double Goal)[] s_goals = [("csv", 1 / 0.9), ("ndjson", 1 / 0.5), ("parquet", 1), ("postgres", 1 / 0.9)];

    public string Name => "load";

    public string Description => $"{Rows} rows of five columns with contract checks, row hash and metadata, against psql's copy of the same rows";

    public async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        var formats = (Environment.GetEnvironmentVariable("LEADLINE_BENCHMARK_FORMATS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        using var folder = new TemporaryFolder();
        await LoadFiles.WriteAsync(folder.Path, Rows, cancellationToken);
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { Durable = true }, cancellationToken);
        var source = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync(cancellationToken));
        Psql(source, $"create table events ({Columns})", CopyCommand(folder.Path));

        foreach (var (format, goal) in s_goals.Where(g => formats.Length == 0 || formats.Contains(g.Format)))
            await MeasureAsync(report, server, folder.Path, source, format, goal, cancellationToken);
    }

    /// <summary>The child process: loads one contract's source and prints the number of rows.</summary>
    public static async Task<int> RunChildAsync(string[] arguments)
    {
        var diagnostics = new DiagnosticBag();
        if (ContractReader.Read(arguments[0], diagnostics) is not { } contract)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', diagnostics.ToSortedList()));
            return 1;
        }

        await using var database = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable(Warehouse)!);
        var connections = new Dictionary<string, string>(StringComparer.Ordinal) { ["source"] = Environment.GetEnvironmentVariable(Source) ?? "" };
        var location = new SourceLocation(Path.GetDirectoryName(arguments[0])!) { ConnectionStrings = connections };
        var result = await new TableLoader(database, TimeProvider.System).LoadAsync(contract, location, progress: null, CancellationToken.None);
        Console.WriteLine(result.Rows.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task MeasureAsync(
        Report report, PostgresServer server, string folder, NpgsqlConnectionStringBuilder source, string format, double goal, CancellationToken cancellationToken)
    {
        var contract = WriteContract(folder, format);
        var ratios = new List<double>();
        double memory = 0;
        for (var i = 0; i < Repetitions; i++)
        {
            var theirs = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync(cancellationToken));
            Psql(theirs, $"create table events ({Columns})");
            await QuietAsync(theirs, cancellationToken);
            var psql = format == "postgres" ? CopyTable(source, theirs) : Psql(theirs, CopyCommand(folder));
            await CheckAsync(theirs, "events", Rows, cancellationToken);

            var ours = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync(cancellationToken));
            await QuietAsync(ours, cancellationToken);
            var load = Load(contract, ours, source);
            await CheckAsync(ours, "raw.events", Rows, cancellationToken);
            ratios.Add(load.Seconds / psql.Seconds);
            memory = Math.Max(memory, load.PeakMegabytes);
            report.Figure($"{format}: psql", psql.Seconds, "s");
            report.Figure($"{format}: load, whole process", load.Seconds, "s");
            await DropAsync(server, theirs, cancellationToken);
            await DropAsync(server, ours, cancellationToken);
        }

        ratios.Sort();
        report.Figure($"{format}: load / psql, median", ratios[ratios.Count / 2], "x", Math.Round(goal, 2));
        report.Figure($"{format}: peak memory", memory, "MB", 100);
    }

    /// <summary>Loads in a child process, to its end.</summary>
    internal static ProcessRun Load(string contract, NpgsqlConnectionStringBuilder warehouse, NpgsqlConnectionStringBuilder? source) =>
        ProcessRun.Start(Environment.ProcessPath!, [ChildCommand, contract], EnvironmentOf(warehouse, source));

    /// <summary>Starts a load in a child process, which is killed when it is disposed.</summary>
    internal static BackgroundProcess Start(string contract, NpgsqlConnectionStringBuilder warehouse) =>
        new(Environment.ProcessPath!, [ChildCommand, contract], EnvironmentOf(warehouse, source: null));

    /// <summary>Writes a contract for the generated file, or for the source's table.</summary>
    internal static string WriteContract(string folder, string format, string rest = "")
    {
        var where = format == "postgres" ? "options: {connection: source, table: public.events}" : $"file: {LoadFiles.NameOf(format)}";
        var contract = Path.Combine(folder, $"{format}{rest.Length}.yml");
        File.WriteAllText(
            contract,
            $$"""
            name: events
            format: {{format}}
            {{where}}
            {{rest}}
            fields:
              - {name: id, type: bigint, required: true}
              - {name: name, type: text}
              - {name: amount, type: double precision}
              - {name: day, type: date}
              - {name: active, type: boolean}
            """);
        return contract;
    }

    private static Dictionary<string, string> EnvironmentOf(NpgsqlConnectionStringBuilder warehouse, NpgsqlConnectionStringBuilder? source) =>
        new(StringComparer.Ordinal) { [Warehouse] = warehouse.ConnectionString, [Source] = source?.ConnectionString ?? "" };

    private static string CopyCommand(string folder) => $@"\copy events from '{Path.Combine(folder, LoadFiles.NameOf("csv"))}' with (format csv, header)";

    private static ProcessRun Psql(NpgsqlConnectionStringBuilder database, params string[] commands) => ProcessRun.Start(
        "psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", .. commands.SelectMany(c => (string[])["-c", c])], PsqlEnvironment.Of(database));

    private static ProcessRun CopyTable(NpgsqlConnectionStringBuilder source, NpgsqlConnectionStringBuilder target)
    {
        const string Psql = "psql -X -q -v ON_ERROR_STOP=1";
        return ProcessRun.Start(
            "bash",
            ["-c", $"set -o pipefail; {Psql} -d {source.Database} -c 'copy events to stdout' | {Psql} -d {target.Database} -c 'copy events from stdin'"],
            PsqlEnvironment.Of(source));
    }

    /// <summary>Writes the pages of earlier loads to disk, so that each load starts alike.</summary>
    private static async Task QuietAsync(NpgsqlConnectionStringBuilder database, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("checkpoint");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <exception cref="BenchmarkException">The table does not hold the generated rows.</exception>
    internal static async Task CheckAsync(NpgsqlConnectionStringBuilder database, string table, int rows, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            $"select count(*), sum(id), sum(length(name)), sum(amount * 4)::bigint, sum(day - date '2020-01-01'), count(*) filter (where active) from {table}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var found = string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)));
        if (found != LoadFiles.Sums(rows))
            throw new BenchmarkException($"{table} holds {found}, not {LoadFiles.Sums(rows)}.");
    }

    internal static async Task DropAsync(PostgresServer server, NpgsqlConnectionStringBuilder database, CancellationToken cancellationToken)
    {
        NpgsqlConnection.ClearAllPools();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString());
        await using var command = source.CreateCommand($"drop database \"{database.Database}\" with (force)");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
