using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Serving.Features;
using Serving.Registry;
using Serving.Scoring.Features;
using Serving.Training.Configuration;
using Serving.Training.Failures;
using Serving.Training.Telemetry;

namespace Serving.Training.Run;

/// <summary>Trains the declared predictions, one after the other, and scores the open entities of each with its champion.</summary>
public sealed class TrainingRuns(NpgsqlDataSource source, IOptions<TrainingOptions> options, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<TrainingRuns>();

    /// <summary>
    /// One that fails keeps none of the others from being trained. Where no prediction was chosen by name, one whose model is not built is skipped.
    /// </summary>
    /// <exception cref="TrainingException">A prediction is left without a champion; the message names the first.</exception>
    public Task RunAsync(CancellationToken cancellationToken) => ForEachAsync(
        async (declaration, registry) =>
        {
            await TrainAsync(declaration, registry, cancellationToken);
            await new BatchScoring(source, declaration, registry, _logger).RunAsync(cancellationToken);
        },
        Log.Skipped);

    /// <summary>
    /// Scores the open entities of each prediction that has a champion. Nothing is trained before that, unless the prediction's watch says that the
    /// champion is beyond a limit.
    /// </summary>
    /// <exception cref="TrainingException">A prediction could not be scored; the message names the first.</exception>
    public Task ScoreAsync(CancellationToken cancellationToken) => ForEachAsync(
        async (declaration, registry) =>
        {
            await registry.CreateAsync(cancellationToken);
            await ReplaceWornOutAsync(declaration, registry, cancellationToken);
            await new BatchScoring(source, declaration, registry, _logger).RunAsync(cancellationToken);
        },
        Log.ScoringSkipped);

    /// <summary>A training that fails leaves the champion, which is better than no score.</summary>
    private async Task ReplaceWornOutAsync(PredictionDeclaration declaration, ModelRegistry registry, CancellationToken cancellationToken)
    {
        if (await registry.FindChampionAsync(cancellationToken) is not { } champion
            || await new WatchTable(source, declaration).BreachesAsync(champion.Version, cancellationToken) is not { Count: > 0 } breaches)
            return;

        Log.WornOut(_logger, champion.Version, declaration.Name, string.Join(", ", breaches));
        try
        {
            await TrainAsync(declaration, registry, cancellationToken);
        }
        catch (TrainingException exception)
        {
            Log.Skipped(_logger, declaration.Name, exception.Message);
        }
    }

    private async Task TrainAsync(PredictionDeclaration declaration, ModelRegistry registry, CancellationToken cancellationToken)
    {
        Log.Started(_logger, declaration.Name);
        var run = new TrainingRun(source, declaration, registry, options, loggers.CreateLogger<TrainingRun>());
        Report(await run.RunAsync(cancellationToken));
    }

    private async Task ForEachAsync(Func<PredictionDeclaration, ModelRegistry, Task> work, Action<ILogger, string, string> skipped)
    {
        var failures = new List<TrainingException>();
        var chosen = Chosen();
        foreach (var declaration in chosen)
        {
            try
            {
                await work(declaration, new ModelRegistry(source, declaration.Name));
            }
            catch (TrainingException exception)
            {
                failures.Add(exception);
                if (chosen.Count > 1)
                    skipped(_logger, declaration.Name, exception.Message);
            }
        }

        var counted = options.Value.Predictions.Count > 0 || failures.Count == chosen.Count ? failures : [.. failures.Where(failure => !IsNotBuilt(failure))];
        if (counted.Count > 0)
            throw counted[0];
    }

    private IReadOnlyList<PredictionDeclaration> Chosen()
    {
        IReadOnlyList<PredictionDeclaration> declared;
        try
        {
            declared = DeclaredPredictions.With(options.Value.Models);
        }
        catch (InvalidDataException exception)
        {
            throw new TrainingException($"Training:Models: {exception.Message}", exception);
        }

        return options.Value.Predictions.Count == 0
            ? declared
            : [.. options.Value.Predictions.Select(name => declared.FirstOrDefault(one => one.Name == name) ?? throw new TrainingException(
                $"Training:Predictions names '{name}', which no model declares; declared " +
                $"are {string.Join(", ", declared.Select(declaration => $"'{declaration.Name}'"))}."))];
    }

    private static bool IsNotBuilt(TrainingException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName };

    private void Report(TrainingOutcome outcome)
    {
        switch (outcome)
        {
            case TrainingOutcome.Unchanged unchanged:
                Log.Unchanged(_logger, unchanged.ChampionVersion);
                break;
            case TrainingOutcome.Promoted promoted:
                Log.Promoted(_logger, promoted.Version, promoted.Learner, promoted.Metrics.Auc);
                break;
            case TrainingOutcome.Waiting waiting:
                Log.Waiting(_logger, waiting.Learner, waiting.Verdict);
                break;
            case TrainingOutcome.Kept kept:
                Log.Kept(_logger, kept.ChampionVersion, kept.Verdict);
                break;
        }
    }
}
