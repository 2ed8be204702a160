using System.Text;
using Models.Database.Adapters;
using Models.Parsing;
using Models.Postgres;
using Models.Postgres.Clusters;
using Models.Project.Configuration;
using Models.Project.Graph;
using Npgsql;

namespace Benchmarks;

/// <summary>
/// Runs the synthetic 1,000-model project, and its 2,000 tests, with the <c>leadline</c> command; beside it psql executes the same
/// create statements one after another on one connection. Both run on the same server, one after the other, three times; commits are
/// durable, as on a server in use.
/// </summary>
internal sealed class RunBenchmark : IBenchmark
{
    private const int Models = 1_000;
    private const int Repetitions = 3;

    public string Name => "run";

    public string Description => $"{Models} synthetic models: leadline against psql with the same statements";

    public async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        SyntheticProject.Write(folder.Path, Models);
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { Durable = true }, cancellationToken);

        var ratios = new List<double>();
        for (var i = 0; i < Repetitions; i++)
        {
            var ours = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync(cancellationToken));
            var theirs = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync(cancellationToken));
            var statements = Statements(folder.Path, theirs.ConnectionString, cancellationToken);

            var psql = ProcessRun.Start("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"], PsqlEnvironment.Of(theirs), statements);
            var leadline = ProcessRun.Start(Leadline.Command, ["run", "--project-dir", folder.Path], Leadline.Environment(ours));
            await CheckAsync(ours.ConnectionString, cancellationToken);
            await CheckAsync(theirs.ConnectionString, cancellationToken);
            ratios.Add(leadline.Seconds / psql.Seconds);
            report.Figure("psql: the create statements on one connection", psql.Seconds, "s");
            report.Figure("leadline run: whole process", leadline.Seconds, "s");

            var test = ProcessRun.Start(Leadline.Command, ["test", "--project-dir", folder.Path], Leadline.Environment(ours));
            if (!test.Output.Contains("PASS=2000", StringComparison.Ordinal))
                throw new BenchmarkException($"Not all 2,000 tests passed: {test.Output}");

            report.Figure("leadline test: 2,000 tests, whole process", test.Seconds, "s", 5);
        }

        ratios.Sort();
        report.Figure("leadline run / psql, median", ratios[ratios.Count / 2], "x", 1.25);
    }

    /// <summary>What psql executes: schema, then each model's create statement, parents first.</summary>
    private static string Statements(string projectFolder, string connectionString, CancellationToken cancellationToken)
    {
        var project = ProjectParser.Parse(new CompileOptions { ProjectDirectory = projectFolder, ConnectionString = connectionString }, cancellationToken);
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        var warehouse = new PostgresConnection(connection);
        var script = new StringBuilder($"create schema {Relation.Quote(project.Target.Schema)};\n");
        foreach (var model in project.Graph.InOrder.OfType<ModelNode>())
        {
            var compiled = project.Compile(model, warehouse);
            script.Append($"create {model.Materialized} {model.Relation.QuotedName} as\n{compiled.Sql};\n");
        }

        return script.ToString();
    }

    private static async Task CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        for (var group = 0; group < Models / SyntheticProject.GroupSize; group++)
        {
            var (model, expected) = SyntheticProject.ExpectedSum(group);
            await using var command = source.CreateCommand($"select sum(value)::bigint from synthetic.{model}");
            if (await command.ExecuteScalarAsync(cancellationToken) is not long sum || sum != expected)
                throw new BenchmarkException($"synthetic.{model} does not hold what it should: the sum of its values is not {expected}.");
        }
    }
}
