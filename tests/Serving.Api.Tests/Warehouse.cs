using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Models.Postgres;
using Models.Postgres.Roles;
using Npgsql;
using Serving.Registry;
using Serving.Scoring.Features;
using Serving.Training.Configuration;
using Serving.Training.Run;

namespace Serving.Api.Tests;

/// <summary>A warehouse with 600 leads, contacts 1 to 600, of which those called often become customers.</summary>
internal sealed class Warehouse : IAsyncDisposable
{
    public const int Leads = 600;
    public const long UnknownContact = 999_999;

    private readonly NpgsqlDataSource _source;

    private Warehouse(string connectionString)
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "dev_test" }.ConnectionString;
        _source = NpgsqlDataSource.Create(ConnectionString);
    }

    public string ConnectionString { get; }

    public static Task<Warehouse> CreateAsync(PostgresFixture postgres) => CreateAsync(postgres.Server);

    public static async Task<Warehouse> CreateAsync(PostgresServer server)
    {
        var warehouse = new Warehouse(await server.CreateDatabaseAsync(default));
        await warehouse.ExecuteAsync(
            $"""
            create schema dev_test_features;
            create table dev_test_features.lead_features as
            select
                contact::bigint as contact_id,
                -- the last one is far younger, so that the labels of the others are ripe
                case when contact = {Leads} then timestamp '2026-01-01' else timestamp '2025-06-01' end as created_at,
                (array['Google', 'Meta'])[1 + contact % 2] as marketing_source,
                contact % 3 = 0 as known_city,
                nullif(contact % 50, 0) as message_length,
                calls as call_attempts,
                calls * 300.0::double precision as total_call_seconds,
                calls / 5 as calls_over_30min,
                case when calls > 0 then 300.0::double precision end as mean_call_seconds,
                case when calls > 0 then 0.2::double precision end as calls_over_30min_share,
                (calls > 12) <> (contact % 10 = 0) as is_customer,
                case when (calls > 12) <> (contact % 10 = 0) then date '2025-06-04' end as customer_date,
                timestamptz '2026-01-02 03:04:05+00' as loaded_at
            from generate_series(1, {Leads}) as contact, lateral (select contact * 7 % 25 as calls) as law;
            create unique index on dev_test_features.lead_features (contact_id);
            """);
        return warehouse;
    }

    /// <summary>Makes the roles, and lets readers read these schemas, as a pipeline's file declares them.</summary>
    public async Task MakeRolesAsync(IReadOnlyDictionary<WarehouseLogin, string> passwords, params string[] readable)
    {
        await WarehouseRoles.EnsureAsync(ConnectionString, new RoleSettings("dev_test", passwords), default);
        var worker = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Username = WarehouseRoles.NameOf(WarehouseLogin.Worker),
            Password = passwords[WarehouseLogin.Worker],
            Pooling = false,
        };
        await using var connection = new NpgsqlConnection(worker.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await ReadableSchemas.SetAsync(connection, readable, [], default);
        await transaction.CommitAsync();
    }

    public Task<TrainingOutcome> TrainAsync() => TrainAsync(_source);

    public async Task<TrainingOutcome> TrainAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        return await TrainAsync(source);
    }

    private static async Task<TrainingOutcome> TrainAsync(NpgsqlDataSource source)
    {
        var options = new TrainingOptions { MinimumExamples = 100, MinimumPerLabel = 20, MinimumAuc = 0.6, Learners = { "scorecard" } };
        return await new TrainingRun(source, DeclaredPredictions.Find(DeclaredPredictions.LeadConversion)!, new ModelRegistry(source), Options.Create(options), NullLogger<TrainingRun>.Instance).RunAsync(default);
    }

    /// <summary>Waits until this many given scores are written.</summary>
    public async Task<IReadOnlyList<Prediction>> PredictionsAsync(int count)
    {
        var predictions = new List<Prediction>();
        for (; predictions.Count < count; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            predictions.Clear();
            await using var command = _source.CreateCommand("select scored_at, prediction, entity, model_version, probability from serving.predictions order by scored_at");
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                predictions.Add(new Prediction(
                    reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetDouble(4)));
        }

        return predictions;
    }

    /// <summary>Nobody reads the features until the connection is disposed.</summary>
    public async Task<NpgsqlConnection> LockFeaturesAsync()
    {
        var connection = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("begin; lock table dev_test_features.lead_features in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Ends every connection to the database but this one, as a restart of the server does.</summary>
    public Task EndConnectionsAsync()
    {
        // an idle connection of its own would be ended too, and found broken by the next statement
        _source.Clear();
        return ExecuteAsync("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
