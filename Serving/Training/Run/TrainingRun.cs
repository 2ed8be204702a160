using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Serving.Registry;
using Serving.Scoring;
using Serving.Scoring.Evaluation;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;
using Serving.Training.Configuration;
using Serving.Training.Extraction;
using Serving.Training.Failures;
using Serving.Training.Gates;
using Serving.Training.Preparation;
using Serving.Training.Telemetry;

namespace Serving.Training.Run;

/// <summary>Training in its steps: extract, validate the data, prepare, train, evaluate, validate the models, register.</summary>
public sealed class TrainingRun(NpgsqlDataSource source, ModelRegistry registry, IOptions<TrainingOptions> options, ILogger<TrainingRun> logger)
{
    private readonly TrainingOptions _options = options.Value;

    /// <exception cref="TrainingException">The data or the options do not allow a training, or it left the registry without a champion.</exception>
    public async Task<TrainingOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var activity = TrainingTelemetry.Source.StartActivity("training");
        var schema = LeadConversion.View.Schema;
        var learners = Chosen();
        await registry.CreateAsync(cancellationToken);
        await new PredictionTable(source).DeleteOlderAsync(_options.KeepPredictions, cancellationToken);

        var examples = await ExampleExtraction.ReadAsync(source, cancellationToken);
        Log.Extracted(logger, examples.Count);
        DataGate.Check(examples, _options);

        var fingerprint = TrainingFingerprint.Of(schema, examples, learners, _options);
        var champion = await registry.FindChampionAsync(cancellationToken);
        var usable = champion is not null && champion.SchemaFingerprint == schema.Fingerprint && Learners.Find(champion.Learner) is not null;
        if (usable && await registry.KnowsAsync(fingerprint, cancellationToken))
            return new TrainingOutcome.Unchanged(champion!.Version);

        var sides = examples.ToLookup(example => HoldOut.Contains(example.Key));
        Example[] training = [.. sides[false]], heldOut = [.. sides[true]];

        var trained = Train(learners, schema, training, heldOut, cancellationToken);
        var championMetrics = await EvaluateChampionAsync(champion, schema, heldOut, cancellationToken);
        var candidates = Judged(trained, championMetrics);
        var version = await registry.RegisterAsync(candidates, schema.Fingerprint, fingerprint, cancellationToken);
        return (version, championMetrics) switch
        {
            ({ } promoted, _) => new TrainingOutcome.Promoted(promoted, candidates[0].Learner.Name, candidates[0].Metrics),
            (null, not null) => new TrainingOutcome.Kept(champion!.Version, candidates[0].Verdict),
            _ => throw new TrainingException(
                $"No model can answer: of the trained ones the best is the {candidates[0].Learner.Name}, and its {candidates[0].Verdict}."),
        };
    }

    private IReadOnlyList<ILearner> Chosen() => _options.Learners.Count == 0
        ? Learners.All
        : [.. _options.Learners.Select(name => Learners.Find(name) ?? throw new TrainingException(
            $"Training:Learners names '{name}', which this build does not have; it " +
            $"has {string.Join(", ", Learners.All.Select(learner => $"'{learner.Name}'"))}."))];

    /// <summary>The learners work side by side; one that fails leaves the field to the others.</summary>
    private List<Trained> Train(
        IReadOnlyList<ILearner> learners, FeatureSchema schema, Example[] training, Example[] heldOut, CancellationToken cancellationToken)
    {
        var trained = new Trained?[learners.Count];
        var failures = new LearningException?[learners.Count];
        Parallel.For(0, learners.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            using var activity = TrainingTelemetry.Source.StartActivity($"train {learners[i].Name}");
            try
            {
                var scorer = learners[i].Train(schema, training, new LearningOptions(_options.Seed), cancellationToken);
                var metrics = Evaluator.Evaluate(scorer, heldOut);
                Log.Evaluated(logger, learners[i].Name, metrics.Auc, metrics.LogLoss, metrics.Brier, metrics.Count);
                trained[i] = new Trained(learners[i], scorer, metrics);
            }
            catch (LearningException exception)
            {
                Log.LearnerFailed(logger, learners[i].Name, exception.Message);
                failures[i] = exception;
            }
        });

        return trained.OfType<Trained>().ToList() is { Count: > 0 } some
            ? some
            : throw new TrainingException($"No learner could learn from the examples: {failures[0]!.Message}", failures[0]!);
    }

    /// <summary>The champion on today's held-out examples; it never trained on them (<see cref="HoldOut"/>).</summary>
    private async Task<Metrics?> EvaluateChampionAsync(
        RegisteredModel? champion, FeatureSchema schema, Example[] heldOut, CancellationToken cancellationToken)
    {
        if (champion is null)
            return null;
        try
        {
            return Evaluator.Evaluate(await registry.LoadAsync(champion, schema, cancellationToken), heldOut);
        }
        catch (InvalidDataException exception)
        {
            Log.ChampionUnusable(logger, champion.Version, exception.Message);
            return null;
        }
    }

    /// <summary>The best first; only the best can become champion.</summary>
    private List<Candidate> Judged(List<Trained> trained, Metrics? champion)
    {
        var candidates = new List<Candidate>();
        foreach (var (learner, scorer, metrics) in trained.OrderByDescending(one => one.Metrics.Auc))
        {
            var (status, verdict) = PromotionGate.Judge(metrics, candidates.Count == 0 ? champion : candidates[0].Metrics, _options);
            if (candidates.Count > 0 && status is ModelStatus.Champion)
                (status, verdict) = (ModelStatus.Rejected, $"as good as the {candidates[0].Learner.Name} trained with it");
            candidates.Add(new Candidate(learner, scorer, metrics, status, verdict));
        }

        return candidates;
    }

    private sealed record Trained(ILearner Learner, IScorer Scorer, Metrics Metrics);
}
