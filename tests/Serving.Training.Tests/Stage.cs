using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Serving.Registry;
using Serving.Scoring.Features;
using Serving.Training.Configuration;
using Serving.Training.Preparation;
using Serving.Training.Run;

namespace Serving.Training.Tests;

/// <summary>A database with a table of features in the schema of target 'dev_test', and a training on it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Target = "dev_test";

    private Stage(string connectionString)
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Target }.ConnectionString;
        Source = NpgsqlDataSource.Create(ConnectionString);
        Registry = new ModelRegistry(Source, LeadConversion.Name);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    public ModelRegistry Registry { get; }

    /// <summary>The gates are lower than in earnest: tests train on few leads.</summary>
    public TrainingOptions Options { get; } = new() { MinimumExamples = 500, MinimumPerLabel = 50, Learners = { "scorecard" } };

    public static async Task<Stage> CreateAsync(PostgresFixture postgres)
    {
        var stage = new Stage(await postgres.Server.CreateDatabaseAsync(default));
        await stage.ExecuteAsync(
            $"""
            create schema {Target}_features;
            create table {Target}_features.lead_features (
                contact_id bigint primary key,
                created_at timestamp not null default now(),
                marketing_source text not null,
                known_city boolean,
                message_length integer,
                call_attempts integer,
                total_call_seconds double precision,
                calls_over_30min integer,
                mean_call_seconds double precision,
                calls_over_30min_share double precision,
                is_customer boolean not null
            );
            """);
        return stage;
    }

    /// <summary>Adds leads of which those called about ten times become customers, mostly; the noise repeats itself.</summary>
    public Task AddLeadsAsync(int count, int firstContact = 1) => ExecuteAsync(
        $"""
        insert into {Target}_features.lead_features (
            contact_id, marketing_source, known_city, message_length, call_attempts, total_call_seconds, calls_over_30min,
            mean_call_seconds, calls_over_30min_share, is_customer)
        select
            contact, (array['Google', 'Meta', 'Other'])[1 + contact % 3], contact % 2 = 0, 20 + contact % 100, calls, calls * 600.0, calls / 4,
            600, 0.25, (calls between 8 and 12) <> (noise < 15)
        from generate_series({firstContact}, {firstContact + count - 1}) as contact,
            lateral (select contact * 7 % 25 as calls, abs(hashint4(contact)) % 100 as noise) as law
        """);

    /// <summary>
    /// Spoils what training sees, and a second time mends it: a third of the labels are turned round. The held-out leads, by which
    /// every model is judged, stay as they are.
    /// </summary>
    public async Task TurnTrainingLabelsRoundAsync()
    {
        await using var command = Source.CreateCommand($"update {Target}_features.lead_features set is_customer = not is_customer where contact_id % 3 = 0 and contact_id <> all ($1)");
        command.Parameters.AddWithValue(Enumerable.Range(1, 10_000).Where(contact => HoldOut.Contains(contact)).ToArray());
        await command.ExecuteNonQueryAsync();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public Task<TrainingOutcome> TrainAsync() =>
        new TrainingRun(Source, Registry, Microsoft.Extensions.Options.Options.Create(Options), NullLogger<TrainingRun>.Instance).RunAsync(default);

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
