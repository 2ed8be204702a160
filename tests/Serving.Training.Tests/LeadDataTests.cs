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

        var figures = $"test {Shown(promoted.Metrics)}; later {Shown(promoted.Evaluation.Later!)}, its test {Shown(promoted.Evaluation.LaterTest!)}; " +
            $"from {promoted.Evaluation.LaterFrom:yyyy-MM-dd}; levels {string.Join(' ', promoted.Evaluation.Levels.Select(level => level.ToString("0.00")))}";
        TestContext.Current.TestOutputHelper!.WriteLine(figures);
        promoted.Metrics.Count.ShouldBeGreaterThan(6_900, "a fifth of the leads whose label is ripe");
        promoted.Metrics.Auc.ShouldBeGreaterThan(0.824, figures);
        promoted.Metrics.Ece.ShouldBeLessThan(0.008 + promoted.Metrics.EceOfChance, figures);
        foreach (var bin in promoted.Metrics.Calibration)
            bin.MeanScore.ShouldBe(bin.ObservedRate, tolerance: 0.05);
        promoted.Evaluation.Later!.Auc.ShouldBeGreaterThan(0.82, figures);
        promoted.Evaluation.Later.Ece.ShouldBeLessThan(0.03, figures);
        promoted.Evaluation.SuggestedWindowDays.ShouldBe(24, "the lag curve suggests what is declared");
    }

    private static string Shown(Serving.Scoring.Evaluation.Metrics metrics) => System.FormattableString.Invariant(
        $"{metrics.Count}: AUC {metrics.Auc:0.0000}, log loss {metrics.LogLoss:0.0000}, ECE {metrics.Ece:0.0000} (by chance {metrics.EceOfChance:0.0000})");

    /// <summary>Reads the files by means of its own, so that nothing of the pipeline is taken for granted.</summary>
    private static async Task LoadAsync(Stage stage)
    {
        var calls = Lines("call_dataset.csv", ',').GroupBy(fields => fields[1]).ToDictionary(rows => rows.Key, rows => rows.First());
        var customers = Lines("customer_dataset.csv", ',').GroupBy(fields => fields[1]).ToDictionary(rows => rows.Key, rows => rows.Min(fields => Time(fields[2])));
        var leads = Lines("lead_dataset.csv", ';').Where(fields => fields[6] != "True").DistinctBy(fields => fields[1]);

        await using var connection = await stage.Source.OpenConnectionAsync();
        await using var import = await connection.BeginBinaryImportAsync(
            """
            copy dev_test_features.lead_features (contact_id, created_at, customer_date, marketing_source, known_city, message_length, call_attempts,
                total_call_seconds, calls_over_30min, mean_call_seconds, calls_over_30min_share, is_customer) from stdin (format binary)
            """);
        foreach (var lead in leads)
        {
            var called = calls.GetValueOrDefault(lead[1]);
            var (attempts, seconds, longCalls) = called is null ? (0, 0, 0) : (int.Parse(called[4]), double.Parse(called[5]), int.Parse(called[6]));
            await import.StartRowAsync();
            await import.WriteAsync(long.Parse(lead[1]), NpgsqlDbType.Bigint);
            await import.WriteAsync(Time(lead[3]), NpgsqlDbType.Timestamp);
            await WriteAsync(import, customers.ContainsKey(lead[1]), customers.GetValueOrDefault(lead[1]), NpgsqlDbType.Date);
            await import.WriteAsync(lead[2].Length == 0 ? "Unknown" : lead[2], NpgsqlDbType.Text);
            await WriteAsync(import, lead[4].Length > 0, lead[4] == "1.0", NpgsqlDbType.Boolean);
            await WriteAsync(import, lead[5].Length > 0, lead[5].Length > 0 ? (int)double.Parse(lead[5]) : 0, NpgsqlDbType.Integer);
            await WriteAsync(import, called is not null, attempts, NpgsqlDbType.Integer);
            await WriteAsync(import, called is not null, seconds, NpgsqlDbType.Double);
            await WriteAsync(import, called is not null, longCalls, NpgsqlDbType.Integer);
            await WriteAsync(import, attempts > 0, seconds / attempts, NpgsqlDbType.Double);
            await WriteAsync(import, attempts > 0, longCalls / (double)attempts, NpgsqlDbType.Double);
            await import.WriteAsync(customers.ContainsKey(lead[1]), NpgsqlDbType.Boolean);
        }

        await import.CompleteAsync();
    }

    private static DateTime Time(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

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
