using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Serving.Features;
using Serving.Registry;
using Serving.Scoring;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;
using Serving.Training.Configuration;
using Serving.Training.Extraction;
using Serving.Training.Failures;
using Serving.Training.Gates;
using Serving.Training.Preparation;
using Serving.Training.Telemetry;

namespace Serving.Training.Run;

/// <summary>Training of one declared prediction in its steps: extract, validate the data, prepare, train, evaluate, validate the models, register.</summary>
public sealed class TrainingRun(
    NpgsqlDataSource source, PredictionDeclaration declaration, ModelRegistry registry, IOptions<TrainingOptions> options, ILogger<TrainingRun> logger)
{
    private readonly TrainingOptions _options = options.Value;

    /// <exception cref="TrainingException">The data or the options do not allow a training, or it left the registry without a champion.</exception>
    public async Task<TrainingOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var activity = TrainingTelemetry.Source.StartActivity("training");
        activity?.SetTag("leadline.prediction", declaration.Name);
        var schema = declaration.FeatureSchema;
        var learners = Chosen();
        await registry.CreateAsync(cancellationToken);
        await new PredictionTable(source).DeleteOlderAsync(_options.KeepPredictions, cancellationToken);

        var observations = await ObservationExtraction.ReadAsync(new FeatureTable(source, declaration), cancellationToken);
        var data = new PreparedData(declaration, observations, _options.LaterShare);
        Example[] ripe = [.. Enum.GetValues<Side>().SelectMany(data.RipeOf)];
        Log.Extracted(logger, observations.Count, declaration.Relation, ripe.Length);
        DataGate.Check(declaration.Relation, ripe, observations.Count - ripe.Length, _options);

        var fingerprint = TrainingFingerprint.Of(schema, observations, learners, _options);
        var champion = await registry.FindChampionAsync(cancellationToken);
        var usable = champion is not null && champion.SchemaFingerprint == schema.Fingerprint && Learners.Find(champion.Learner) is not null;
        if (usable && await registry.KnowsAsync(fingerprint, cancellationToken))
            return new TrainingOutcome.Unchanged(champion!.Version);

        var drift = DriftSince(champion, observations);
        var trained = Train(learners, new LearnerTrial(declaration, data, new LearningOptions(_options.Seed)), cancellationToken);
        var scores = await ScoreWithChampionAsync(champion, data.RipeOf(Side.Validation), cancellationToken);
        var candidates = Judged(trained, data, scores, drift);
        var version = await registry.RegisterAsync(candidates, schema.Fingerprint, fingerprint, cancellationToken);
        return (version, scores) switch
        {
            ({ } promoted, _) => new TrainingOutcome.Promoted(promoted, candidates[0].Learner.Name, candidates[0].Metrics, candidates[0].Evaluation),
            _ when candidates[0].Status is ModelStatus.Candidate => new TrainingOutcome.Waiting(candidates[0].Learner.Name, candidates[0].Verdict),
            (null, not null) => new TrainingOutcome.Kept(champion!.Version, candidates[0].Verdict),
            _ => throw new TrainingException(
                $"No model can answer: of the trained ones the best is the {candidates[0].Learner.Name}, and its {candidates[0].Verdict}."),
        };
    }

    /// <summary>What has moved since the champion was trained; much of it is said, because the champion's scores rest on what was.</summary>
    private IReadOnlyList<FeatureDrift>? DriftSince(RegisteredModel? champion, IReadOnlyList<Observation> observations)
    {
        if (champion is null || champion.Features.Count == 0)
            return null;
        var drift = FeatureDrift.Of(champion.Features, declaration, [.. observations.Select(one => one.Features)]);
        foreach (var (feature, psi) in drift.Where(one => one.Psi > FeatureDrift.Large))
            Log.Drifted(logger, feature, psi, champion.Version);
        return drift;
    }

    private ModelStatus StatusOf(bool passes) => (passes, _options.Promotion) switch
    {
        (false, _) => ModelStatus.Rejected,
        (true, PromotionPolicy.Automatic) => ModelStatus.Champion,
        (true, _) => ModelStatus.Candidate,
    };

    private IReadOnlyList<ILearner> Chosen() => _options.Learners.Count == 0
        ? Learners.All
        : [.. _options.Learners.Select(name => Learners.Find(name) ?? throw new TrainingException(
            $"Training:Learners names '{name}', which this build does not have; it " +
            $"has {string.Join(", ", Learners.All.Select(learner => $"'{learner.Name}'"))}."))];

    /// <summary>The learners work side by side; one that fails leaves the field to the others.</summary>
    private List<Trained> Train(IReadOnlyList<ILearner> learners, LearnerTrial trial, CancellationToken cancellationToken)
    {
        var trained = new Trained?[learners.Count];
        var failures = new LearningException?[learners.Count];
        Parallel.For(0, learners.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            using var activity = TrainingTelemetry.Source.StartActivity($"train {learners[i].Name}");
            try
            {
                var one = trained[i] = trial.Run(learners[i], cancellationToken);
                Log.Evaluated(logger, learners[i].Name, one.Metrics.Auc, one.Metrics.LogLoss, one.Metrics.Ece, one.Metrics.Count);
                if (one.Report is { Later: { } later, LaterFrom: { } from })
                    Log.EvaluatedLater(logger, learners[i].Name, later.Auc, later.LogLoss, later.Ece, later.Count, from);
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

    /// <summary>The champion's scores of today's validation examples; it never trained on their keys (<see cref="Sides"/>).</summary>
    private async Task<double[]?> ScoreWithChampionAsync(RegisteredModel? champion, IReadOnlyList<Example> validation, CancellationToken cancellationToken)
    {
        if (champion is null)
            return null;
        try
        {
            var scorer = await registry.LoadAsync(champion, declaration.FeatureSchema, cancellationToken);
            return scorer.Probabilities([.. validation.Select(example => example.Features)]);
        }
        catch (InvalidDataException exception)
        {
            Log.ChampionUnusable(logger, champion.Version, exception.Message);
            return null;
        }
    }

    /// <summary>The best first; only the best can become champion.</summary>
    private List<Candidate> Judged(List<Trained> trained, PreparedData data, double[]? champion, IReadOnlyList<FeatureDrift>? drift)
    {
        var validation = data.RipeOf(Side.Validation);
        var slices = data.SlicesOf(validation)
            .SelectMany(slice => slice.Values.Select(value => (Name: $"{slice.Feature} '{value.Value}'", value.Places)))
            .ToList();
        var features = FeatureProfile.Of(declaration, data.RipeOf(Side.Training));
        var candidates = new List<Candidate>();
        foreach (var one in trained.OrderBy(one => one.SelectionLoss))
        {
            var (passes, verdict) = PromotionGate.Judge(one.Report, one.ValidationScores, champion, validation, slices, _options);
            if (candidates.Count > 0 && passes)
                (passes, verdict) = (false, $"{verdict}; the {candidates[0].Learner.Name} trained with it is no worse");
            candidates.Add(new Candidate(one.Learner, one.Scorer, one.Metrics, one.Report with { Drift = drift }, StatusOf(passes), verdict, features));
        }

        return candidates;
    }
}
