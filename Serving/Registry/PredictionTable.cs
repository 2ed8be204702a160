using Npgsql;
using NpgsqlTypes;

namespace Serving.Registry;

/// <summary>The scores that were given, in table serving.predictions, which <see cref="ModelRegistry.CreateAsync"/> makes.</summary>
public sealed class PredictionTable(NpgsqlDataSource source)
{
    /// <summary>Adds all of them or none; where the connection breaks while they are committed, they may be there although this throws.</summary>
    public async Task AddAsync(IReadOnlyCollection<Prediction> predictions, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy serving.predictions (scored_at, prediction, entity, model_version, probability) from stdin (format binary)", cancellationToken);
        foreach (var prediction in predictions)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(prediction.ScoredAt.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(prediction.Name, cancellationToken);
            await copy.WriteAsync(prediction.Entity, cancellationToken);
            await copy.WriteAsync(prediction.ModelVersion, cancellationToken);
            await copy.WriteAsync(prediction.Probability, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>Deletes the predictions that are older than this.</summary>
    /// <returns>How many they were.</returns>
    public async Task<int> DeleteOlderAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from serving.predictions where scored_at < now() - $1");
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = age });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
