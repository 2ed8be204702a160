using System.Globalization;
using Models.Postgres;
using Models.Postgres.Clusters;
using Npgsql;

namespace Benchmarks;

/// <summary>Serving.Training, a process of its own, with all learners on a million generated leads; then the scores of all that are open.</summary>
internal sealed class TrainingBenchmark : IBenchmark
{
    private const int Leads = 1_000_000;

    public string Name => "training";

    public string Description => $"training of all learners on {Leads} leads, and their batch scores";

    public async Task RunAsync(Report report, CancellationToken cancellationToken)
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions { Durable = true }, cancellationToken);
        var database = await LeadTable.CreateAsync(await server.CreateDatabaseAsync(cancellationToken), Leads, cancellationToken);

        var training = LeadTable.Train(database);
        report.Figure("training with all learners and scoring, whole process", training.Seconds, "s", 90);
        report.Figure("peak memory", training.PeakMegabytes, "MB", 1500);
        await CheckAsync(database, cancellationToken);

        var scoring = LeadTable.Train(database, "score");
        report.Figure("scoring again, nothing changed, whole process", scoring.Seconds, "s");
        report.Figure("peak memory of it", scoring.PeakMegabytes, "MB");
        await CheckAsync(database, cancellationToken);
    }

    /// <exception cref="BenchmarkException">There is no champion among one model of each learner, or an open lead has no score.</exception>
    private static async Task CheckAsync(string database, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            $"""
            select (select count(*) from serving.models), (select count(*) from serving.models where status = 'champion'),
                (select count(*) from {LeadTable.Target}_features.lead_features where not is_customer) - (select count(*) from serving.scores)
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var found = string.Create(CultureInfo.InvariantCulture, $"{reader.GetInt64(0)} models, {reader.GetInt64(1)} champions, {reader.GetInt64(2)} leads without a score");
        if (found != "4 models, 1 champions, 0 leads without a score")
            throw new BenchmarkException($"The training left {found}.");
    }
}
