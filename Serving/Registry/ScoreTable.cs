using Leads;
using Npgsql;

namespace Serving.Registry;

/// <summary>The scores of one prediction's open entities, in table serving.scores, which <see cref="ModelRegistry.CreateAsync"/> makes.</summary>
/// <param name="source">The warehouse; its Search Path names the target.</param>
/// <param name="prediction">The name of the declared prediction.</param>
public sealed class ScoreTable(NpgsqlDataSource source, string prediction)
{
    private readonly string _target = ModelSchema.Of(source);

    /// <summary>
    /// Makes these the scores of the prediction, in one transaction: readers see those before or these. A row whose score and model are the same is
    /// not written; what is written is added to the given scores too (<see cref="PredictionTable"/>). Two callers at once wait for each other.
    /// </summary>
    /// <param name="scores">Each entity once, its key as text.</param>
    public async Task<ScoreChanges> ReplaceAsync(
        int modelVersion, IAsyncEnumerable<EntityScore> scores, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // the login of training may create no temporary table; this one is gone before anybody else can see it
        await ExecuteAsync(
            connection,
            """
            select pg_advisory_xact_lock(hashtextextended('serving.scores', 0));
            create table serving.scores_given (entity text primary key, probability double precision not null, band text not null)
            """,
            cancellationToken);
        var scored = await CopyAsync(connection, scores, cancellationToken);
        await ExecuteAsync(connection, "analyze serving.scores_given", cancellationToken);

        var written = await ChangeAsync(
            connection,
            """
            with written as (
                insert into serving.scores as present (target, prediction, entity, model_version, probability, band, scored_at)
                select $1, $2, entity, $3, probability, band, clock_timestamp() from serving.scores_given
                on conflict (target, prediction, entity) do update
                set model_version = excluded.model_version, probability = excluded.probability, band = excluded.band, scored_at = excluded.scored_at
                where (present.model_version, present.probability, present.band) is distinct from (excluded.model_version, excluded.probability, excluded.band)
                returning scored_at, prediction, entity, model_version, probability
            )
            insert into serving.predictions (scored_at, prediction, entity, model_version, probability) select * from written
            """,
            modelVersion, cancellationToken);
        var removed = await ChangeAsync(
            connection,
            """
            delete from serving.scores as present
            where target = $1 and prediction = $2 and not exists (select from serving.scores_given as given where given.entity = present.entity)
            """,
            modelVersion: null, cancellationToken);
        await ExecuteAsync(connection, "drop table serving.scores_given", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ScoreChanges(scored, written, removed);
    }

    private static async Task<long> CopyAsync(
        NpgsqlConnection connection, IAsyncEnumerable<EntityScore> scores, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy serving.scores_given (entity, probability, band) from stdin (format binary)", cancellationToken);
        await foreach (var (entity, probability, band) in scores.WithCancellation(cancellationToken))
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(entity, cancellationToken);
            await copy.WriteAsync(probability, cancellationToken);
            await copy.WriteAsync(band, cancellationToken);
        }

        return (long)await copy.CompleteAsync(cancellationToken);
    }

    private async Task<int> ChangeAsync(NpgsqlConnection connection, string text, int? modelVersion, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _target });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = prediction });
        if (modelVersion is { } version)
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = version });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The score of one open entity.</summary>
/// <param name="Entity">Its key as text.</param>
/// <param name="Band">Where the score stands among those of the final test set (<c>ScoreBands</c>).</param>
public readonly record struct EntityScore(string Entity, double Probability, string Band);
