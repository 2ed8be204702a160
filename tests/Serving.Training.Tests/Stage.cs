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
        Registry = new ModelRegistry(Source, DeclaredPredictions.LeadConversion);
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
                created_at timestamp not null default '2025-01-01',
                marketing_source text not null,
                known_city boolean,
                message_length integer,
                call_attempts integer,
                total_call_seconds double precision,
                calls_over_30min integer,
                mean_call_seconds double precision,
                calls_over_30min_share double precision,
                is_customer boolean not null,
                customer_date date,
                loaded_at timestamptz
            );
            """);
        return stage;
    }

    /// <summary>
    /// Adds leads of which those called about ten times become customers, mostly; the noise repeats itself. One more lead is far younger, so that the
    /// labels of the others are ripe.
    /// </summary>
    public Task AddLeadsAsync(int count, int firstContact = 1) => ExecuteAsync(
        $"""
        insert into {Target}_features.lead_features (
            contact_id, created_at, marketing_source, known_city, message_length, call_attempts, total_call_seconds, calls_over_30min,
            mean_call_seconds, calls_over_30min_share, is_customer, customer_date)
        select
            contact, decided, (array['Google', 'Meta', 'Other'])[1 + contact % 3], contact % 2 = 0, 20 + contact % 100, calls, calls * 600.0, calls / 4,
            600, 0.25, law.won, case when law.won then decided + noise % 20 * interval '1 day' end
        from generate_series({firstContact}, {firstContact + count - 1}) as contact,
            lateral (select contact * 7 % 25 as calls, abs(hashint4(contact)) % 100 as noise) as drawn,
            lateral (
                select (calls between 8 and 12) <> (noise < 15) as won,
                    timestamp '2025-01-01' + interval '1 day' * (abs(hashint4(contact + 77)) % 90) as decided
            ) as law
        union all
        select {firstContact + count}, '2025-05-01', 'Google', true, 20, 1, 600, 0, 600, 0.25, false, null
        """);

    /// <summary>
    /// Spoils what training sees, and a second time mends it: a third of the labels are turned round. The leads of the validation
    /// and the test, by which every model is judged, stay as they are.
    /// </summary>
    public async Task TurnTrainingLabelsRoundAsync()
    {
        await using var command = Source.CreateCommand(
            $"""
            update {Target}_features.lead_features
            set is_customer = not is_customer, customer_date = case when is_customer then null else created_at::date end
            where contact_id % 3 = 0 and contact_id <> all ($1)
            """);
        command.Parameters.AddWithValue(Enumerable.Range(1, 10_000).Where(contact => Sides.Of(contact) is not Side.Training).ToArray());
        await command.ExecuteNonQueryAsync();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public Task<TrainingOutcome> TrainAsync() =>
        new TrainingRun(Source, DeclaredPredictions.Find(DeclaredPredictions.LeadConversion)!, Registry, Microsoft.Extensions.Options.Options.Create(Options), NullLogger<TrainingRun>.Instance).RunAsync(default);

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
