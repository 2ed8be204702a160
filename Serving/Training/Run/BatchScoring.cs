using System.Runtime.CompilerServices;
using Npgsql;
using Serving.Features;
using Serving.Registry;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;
using Serving.Training.Failures;
using Serving.Training.Telemetry;

namespace Serving.Training.Run;

/// <summary>Scores every open entity of a prediction with the champion. Open are those whose outcome has not come.</summary>
public sealed class BatchScoring(NpgsqlDataSource source, PredictionDeclaration declaration, ModelRegistry registry)
{
    private const int ChunkSize = 10_000;

    /// <returns>Null where the prediction has no champion.</returns>
    /// <exception cref="TrainingException">The champion cannot be used.</exception>
    public async Task<ScoreChanges?> RunAsync(CancellationToken cancellationToken)
    {
        using var activity = TrainingTelemetry.Source.StartActivity("batch scoring");
        activity?.SetTag("leadline.prediction", declaration.Name);
        if (await registry.FindChampionAsync(cancellationToken) is not { } champion)
            return null;

        var scorer = await LoadAsync(champion, cancellationToken);
        return await new ScoreTable(source, declaration.Name).ReplaceAsync(champion.Version, ScoresAsync(scorer, cancellationToken), cancellationToken);
    }

    private async Task<IScorer> LoadAsync(RegisteredModel champion, CancellationToken cancellationToken)
    {
        try
        {
            return await registry.LoadAsync(champion, declaration.FeatureSchema, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw new TrainingException(
                $"Model {champion.Version}, the champion of {declaration.Name}, cannot score the open rows: {exception.Message}. Train again, or roll back.",
                exception);
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
