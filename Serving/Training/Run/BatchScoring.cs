using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using Serving.Features;
using Serving.Registry;
using Serving.Scoring.Evaluation;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;
using Serving.Training.Extraction;
using Serving.Training.Failures;
using Serving.Training.Telemetry;

namespace Serving.Training.Run;

/// <summary>Scores every open entity of a prediction with the champion. Open are those whose outcome has not come.</summary>
public sealed class BatchScoring(NpgsqlDataSource source, PredictionDeclaration declaration, ModelRegistry registry, ILogger logger)
{
    private const int ChunkSize = 10_000;

    /// <summary>
    /// Writes the scores. Those of an earlier run stay if there is no champion, or none that this build can use. A row with a value that the declaration
    /// says to refuse has no score, as in the API.
    /// </summary>
    /// <returns>What was written; null where nothing was scored.</returns>
    /// <exception cref="TrainingException">The features cannot be read.</exception>
    public async Task<ScoreChanges?> RunAsync(CancellationToken cancellationToken)
    {
        using var activity = TrainingTelemetry.Source.StartActivity("batch scoring");
        activity?.SetTag("leadline.prediction", declaration.Name);
        if (await registry.FindChampionAsync(cancellationToken) is not { } champion)
        {
            Log.NoChampion(logger, declaration.Name);
            return null;
        }

        if (await LoadAsync(champion, cancellationToken) is not { } scorer)
            return null;

        var refused = new Refusals();
        var table = new FeatureTable(source, declaration);
        var scores = ScoresAsync(table, scorer, new ScoreBands(champion.Metrics), refused, cancellationToken);
        var changes = await FeatureFaults.ExplainAsync(
            table, () => new ScoreTable(source, declaration.Name).ReplaceAsync(champion.Version, scores, cancellationToken));
        Log.Scored(logger, changes.Scored, declaration.Name, changes.Written, changes.Removed);
        if (refused.Count > 0)
            Log.Refused(logger, refused.Count, declaration.Name, refused.Entity, refused.Feature);
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
    private async IAsyncEnumerable<EntityScore> ScoresAsync(
        FeatureTable table, IScorer scorer, ScoreBands bands, Refusals refused, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in table.ReadAsync(cancellationToken)
            .Where(row => row.Label != true && !IsRefused(row, refused)).Chunk(ChunkSize).WithCancellation(cancellationToken))
        {
            var probabilities = scorer.Probabilities([.. chunk.Select(row => row.Features)]);
            for (var i = 0; i < chunk.Length; i++)
                yield return new EntityScore(chunk[i].Entity.ToString(), probabilities[i], bands.Of(probabilities[i]));
        }
    }

    private bool IsRefused(FeatureRow row, Refusals refused)
    {
        if (Ranges.Refused(declaration, row.Features) is not { } feature)
            return false;
        if (refused.Count++ == 0)
            (refused.Entity, refused.Feature) = (row.Entity.ToString(), feature.Name);
        return true;
    }

    /// <summary>The rows without a score, and the first of them.</summary>
    private sealed class Refusals
    {
        public int Count { get; set; }

        public string Entity { get; set; } = "";

        public string Feature { get; set; } = "";
    }
}
