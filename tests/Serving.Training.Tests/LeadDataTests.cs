using Npgsql;
using NpgsqlTypes;
using Serving.Training.Run;

namespace Serving.Training.Tests;

/// <summary>How good the score is on the real lead files, which lie beside the repository and not in it.</summary>
public sealed class LeadDataTests(PostgresFixture postgres)
{
    private static readonly string? s_folder = Find(AppContext.BaseDirectory);

    [Fact]
    public async Task The_real_leads_are_told_apart_better_than_by_boosted_trees()
    {
        Assert.SkipWhen(s_folder is null, "There is no folder ../shared/data/leads beside the repository.");
        await using var stage = await Stage.CreateAsync(postgres);
        await LoadAsync(stage);

        var promoted = (await stage.TrainAsync()).ShouldBeOfType<TrainingOutcome.Promoted>();

        promoted.Metrics.Count.ShouldBeGreaterThan(10_000);
        promoted.Metrics.Auc.ShouldBeGreaterThan(0.824);
        foreach (var bin in promoted.Metrics.Calibration)
            bin.MeanScore.ShouldBe(bin.ObservedRate, tolerance: 0.03);
    }

    /// <summary>Reads the files by means of its own, so that nothing of the pipeline is taken for granted.</summary>
    private static async Task LoadAsync(Stage stage)
    {
        var calls = Lines("call_dataset.csv", ',').ToDictionary(fields => fields[1]);
        var customers = Lines("customer_dataset.csv", ',').Select(fields => fields[1]).ToHashSet();
        var leads = Lines("lead_dataset.csv", ';').Where(fields => fields[6] != "True").DistinctBy(fields => fields[1]);

        await using var connection = await stage.Source.OpenConnectionAsync();
        await using var import = await connection.BeginBinaryImportAsync(
            """
            copy dev_test_features.lead_features (contact_id, marketing_source, known_city, message_length, call_attempts,
                total_call_seconds, calls_over_30min, mean_call_seconds, calls_over_30min_share, is_customer) from stdin (format binary)
            """);
        foreach (var lead in leads)
        {
            var called = calls.GetValueOrDefault(lead[1]);
            var (attempts, seconds, longCalls) = called is null ? (0, 0, 0) : (int.Parse(called[4]), double.Parse(called[5]), int.Parse(called[6]));
            await import.StartRowAsync();
            await import.WriteAsync(long.Parse(lead[1]), NpgsqlDbType.Bigint);
            await import.WriteAsync(lead[2].Length == 0 ? "Unknown" : lead[2], NpgsqlDbType.Text);
            await WriteAsync(import, lead[4].Length > 0, lead[4] == "1.0", NpgsqlDbType.Boolean);
            await WriteAsync(import, lead[5].Length > 0, lead[5].Length > 0 ? (int)double.Parse(lead[5]) : 0, NpgsqlDbType.Integer);
            await WriteAsync(import, called is not null, attempts, NpgsqlDbType.Integer);
            await WriteAsync(import, called is not null, seconds, NpgsqlDbType.Double);
            await WriteAsync(import, called is not null, longCalls, NpgsqlDbType.Integer);
            await WriteAsync(import, attempts > 0, seconds / attempts, NpgsqlDbType.Double);
            await WriteAsync(import, attempts > 0, longCalls / (double)attempts, NpgsqlDbType.Double);
            await import.WriteAsync(customers.Contains(lead[1]), NpgsqlDbType.Boolean);
        }

        await import.CompleteAsync();
    }

    private static Task WriteAsync<T>(NpgsqlBinaryImporter import, bool known, T value, NpgsqlDbType type) =>
        known ? import.WriteAsync(value, type) : import.WriteNullAsync();

    private static IEnumerable<string[]> Lines(string file, char separator) =>
        File.ReadLines(Path.Combine(s_folder!, file)).Skip(1).Select(line => line.Split(separator));

    private static string? Find(string folder)
    {
        for (var parent = new DirectoryInfo(folder); parent is not null; parent = parent.Parent)
        {
            var candidate = Path.Combine(parent.FullName, "shared", "data", "leads");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
