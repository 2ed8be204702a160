using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using Serving.Features;
using Serving.Registry;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;
using Serving.Training.Telemetry;

namespace Serving.Training.Run;

/// <summary>Scores every open entity of a prediction with the champion. Open are those whose outcome has not come.</summary>
public sealed class BatchScoring(NpgsqlDataSource source, PredictionDeclaration declaration, ModelRegistry registry, ILogger logger)
{
    private const int ChunkSize = 10_000;

    /// <summary>Writes the scores. Those of an earlier run stay if there is no champion, or none that this build can use.</summary>
    /// <returns>What was written; null where nothing was scored.</returns>
    public async Task<ScoreChanges?> RunAsync(CancellationToken cancellationToken)
    {
        using var activity = TrainingTelemetry.Source.StartActivity("batch scoring");
        activity?.SetTag("leadline.prediction", declaration.Name);
        if (await registry.FindChampionAsync(cancellationToken) is not { } champion || await LoadAsync(champion, cancellationToken) is not { } scorer)
            return null;

        var changes = await new ScoreTable(source, declaration.Name).ReplaceAsync(champion.Version, ScoresAsync(scorer, cancellationToken), cancellationToken);
        Log.Scored(logger, changes.Scored, declaration.Name, changes.Written, changes.Removed);
        return changes;
    }

    private async Task<IScorer?> LoadAsync(RegisteredModel champion, CancellationToken cancellationToken)
    {
        try
        {
            return await registry.LoadAsync(champion, declaration.FeatureSchema, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            Log.NotScored(logger, declaration.Name, champion.Version, exception.Message);
            return null;
        }
    }

    /// <summary>In chunks, so that memory does not grow with the table.</summary>
    private async IAsyncEnumerable<(string Entity, double Probability)> ScoresAsync(
        IScorer scorer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in new FeatureTable(source, declaration).ReadAsync(cancellationToken)
            .Where(row => row.Label != true).Chunk(ChunkSize).WithCancellation(cancellationToken))
        {
            var probabilities = scorer.Probabilities([.. chunk.Select(row => row.Features)]);
            for (var i = 0; i < chunk.Length; i++)
                yield return (chunk[i].Entity.ToString(), probabilities[i]);
        }
    }
}
