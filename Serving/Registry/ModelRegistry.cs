using System.Security.Cryptography;
using System.Text.Json;
using Leads;
using Models.Migrations;
using Npgsql;
using NpgsqlTypes;
using Serving.Scoring;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Registry;

/// <summary>
/// The trained models, in table serving.models. There is at most one champion per question and target (the schema prefix the
/// features were read from), held so by a unique index: a swap is one transaction, and readers see the old champion or the new.
/// </summary>
/// <param name="source">The warehouse.</param>
/// <param name="name">The question the models answer, for example lead_conversion.</param>
public sealed class ModelRegistry(NpgsqlDataSource source, string name = DeclaredPredictions.LeadConversion)
{
    /// <summary>The prediction whose models these are.</summary>
    public string Name => name;

    private const string Columns = "version, learner, status, metrics, evaluation, schema_fingerprint, training_fingerprint, verdict, created_at, " +
        "encode(artifact_sha256, 'hex'), features, parameters, changed_at, changed_by";

    private static readonly OwnTables Tables = OwnTables.Of(typeof(ModelRegistry).Assembly, "serving", "model_migrations");

    private readonly string _target = ModelSchema.Of(source);

    /// <summary>Creates the table where it is missing, or brings it up to date; two callers at once wait for each other.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => Tables.EnsureAsync(source, cancellationToken);

    /// <summary>All models of the question, the newest first.</summary>
    public async Task<IReadOnlyList<RegisteredModel>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = Command($"select {Columns} from serving.models where name = $1 and target = $2 order by version desc");
        return await ReadAsync(command, cancellationToken);
    }

    public async Task<RegisteredModel?> FindChampionAsync(CancellationToken cancellationToken)
    {
        await using var command = Command($"select {Columns} from serving.models where name = $1 and target = $2 and status = 'champion'");
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Null where the prediction has no such model in this target.</summary>
    public async Task<RegisteredModel?> FindAsync(int version, CancellationToken cancellationToken)
    {
        await using var command = Command($"select {Columns} from serving.models where name = $1 and target = $2 and version = $3");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = version });
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>The model that was champion before the present one; null where there is none.</summary>
    public async Task<RegisteredModel?> FindPreviousAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            select {Columns} from serving.models where name = $1 and target = $2 and status = 'archived'
            order by champion_until desc nulls last, version desc limit 1
            """);
        return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Makes a model the champion, or archives it; one transaction.</summary>
    /// <param name="status">Champion or archived.</param>
    /// <param name="actor">Who asks, for the record.</param>
    /// <exception cref="PostgresException">55000: the champion cannot be archived.</exception>
    public async Task ChangeAsync(int version, ModelStatus status, string actor, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select serving.change_model($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = version });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Text(status) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = actor });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Whether a model of exactly these examples, learners and settings has been judged already.</summary>
    public async Task<bool> KnowsAsync(string trainingFingerprint, CancellationToken cancellationToken)
    {
        await using var command = Command("select exists (select from serving.models where name = $1 and target = $2 and training_fingerprint = $3)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = trainingFingerprint });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Loads the scorer of a stored model.</summary>
    /// <exception cref="InvalidDataException">
    /// It cannot be used: other features, no such learner, another format, a damaged artifact, or scores that are no probabilities.
    /// </exception>
    public async Task<IScorer> LoadAsync(RegisteredModel model, FeatureSchema schema, CancellationToken cancellationToken)
    {
        if (model.SchemaFingerprint != schema.Fingerprint)
            throw new InvalidDataException("it was trained on other features than this program has");
        var learner = Learners.Find(model.Learner) ?? throw new InvalidDataException($"this build has no learner '{model.Learner}'");

        if (model.Metrics is null)
            throw new InvalidDataException("its metrics cannot be read");
        return ModelArtifact.Load(learner, schema, await ReadArtifactAsync(model.Version, cancellationToken));
    }

    /// <summary>Stores judged candidates; a champion among them takes the place of the present one.</summary>
    /// <returns>The new champion's version; null where there is none among them.</returns>
    public async Task<int?> RegisterAsync(
        IReadOnlyList<Candidate> candidates, string schemaFingerprint, string trainingFingerprint, CancellationToken cancellationToken)
    {
        int? champion = null;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAsync(connection, cancellationToken);
        foreach (var candidate in candidates)
        {
            if (candidate.Status is ModelStatus.Champion)
                await ArchiveChampionAsync(connection, cancellationToken);
            var version = await InsertAsync(connection, candidate, schemaFingerprint, trainingFingerprint, cancellationToken);
            if (candidate.Status is ModelStatus.Champion)
                champion = version;
        }

        await transaction.CommitAsync(cancellationToken);
        return champion;
    }

    /// <summary>Held until the transaction ends.</summary>
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('serving.models', 0))", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ArchiveChampionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update serving.models set status = 'archived', changed_at = clock_timestamp(), champion_until = clock_timestamp()
            where name = $1 and target = $2 and status = 'champion'
            """,
            connection);
        AddIdentity(command);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int> InsertAsync(
        NpgsqlConnection connection, Candidate candidate, string schemaFingerprint, string trainingFingerprint, CancellationToken cancellationToken)
    {
        using var artifact = new MemoryStream();
        candidate.Scorer.Save(artifact);
        var bytes = artifact.ToArray();
        await using var command = new NpgsqlCommand(
            """
            insert into serving.models (name, target, learner, status, verdict, metrics, evaluation, schema_fingerprint, training_fingerprint, artifact,
                artifact_sha256, features, parameters)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            returning version
            """,
            connection);
        AddIdentity(command);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = candidate.Learner.Name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Text(candidate.Status) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = candidate.Verdict });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(
            candidate.Metrics, RegistryJson.Default.Metrics), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(
            candidate.Evaluation, RegistryJson.Default.EvaluationReport), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = schemaFingerprint });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = trainingFingerprint });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = bytes });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = SHA256.HashData(bytes) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonSerializer.Serialize(
            candidate.Features, RegistryJson.Default.IReadOnlyListFeatureProfile), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = candidate.Learner.Settings });
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <exception cref="InvalidDataException">It is gone, or not what was stored.</exception>
    public async Task<byte[]> ReadArtifactAsync(int version, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select artifact, artifact_sha256 from serving.models where version = $1");
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = version });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            throw new InvalidDataException("it is no longer in serving.models");

        // models stored by earlier versions have no hash
        var artifact = reader.GetFieldValue<byte[]>(0);
        if (!reader.IsDBNull(1) && !SHA256.HashData(artifact).AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(1)))
            throw new InvalidDataException("its artifact is not the one that was stored: the hash differs");
        return artifact;
    }

    private NpgsqlCommand Command(string text)
    {
        var command = source.CreateCommand(text);
        AddIdentity(command);
        return command;
    }

    private void AddIdentity(NpgsqlCommand command)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _target });
    }

    private static async Task<List<RegisteredModel>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var models = new List<RegisteredModel>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            models.Add(new RegisteredModel(
                reader.GetInt32(0),
                reader.GetString(1),
                Enum.Parse<ModelStatus>(reader.GetString(2), ignoreCase: true),
                RegistryJson.ReadMetrics(reader.GetString(3)),
                reader.IsDBNull(4) ? null : RegistryJson.ReadEvaluation(reader.GetString(4)),
                reader.GetString(5),
                reader.GetString(6),
                reader.GetString(7),
                reader.GetFieldValue<DateTimeOffset>(8),
                reader.IsDBNull(9) ? "" : reader.GetString(9),
                reader.IsDBNull(10) ? [] : RegistryJson.ReadFeatures(reader.GetString(10)),
                reader.GetString(11),
                reader.IsDBNull(12) ? null : reader.GetFieldValue<DateTimeOffset>(12),
                reader.IsDBNull(13) ? null : reader.GetString(13)));
        }

        return models;
    }

    private static string Text(ModelStatus status) => status switch
    {
        ModelStatus.Champion => "champion",
        ModelStatus.Candidate => "candidate",
        ModelStatus.Archived => "archived",
        _ => "rejected",
    };
}
