using Serving.Scoring.Calibration;
using Serving.Scoring.Features;
using Serving.Scoring.Evaluation;
using Serving.Scoring.Learning;
using Serving.Training.Extraction;
using Serving.Training.Preparation;

namespace Serving.Training.Run;

/// <summary>Trains and measures one learner on prepared data.</summary>
internal sealed class LearnerTrial(PredictionDeclaration declaration, PreparedData data, LearningOptions options)
{
    public Trained Run(ILearner learner, CancellationToken cancellationToken)
    {
        var scorer = Fit(learner, data.Of(Side.Training), cancellationToken);
        Example[] validation = [.. data.RipeOf(Side.Validation)], test = [.. data.RipeOf(Side.Test)];
        var scores = scorer.Probabilities([.. validation.Select(example => example.Features)]);
        var (later, laterTest) = Later(learner, cancellationToken);
        var levels = (scorer as LevelledScorer)?.Levels;
        var report = new EvaluationReport(
            Evaluator.Evaluate(scores, [.. validation.Select(example => example.Label)]),
            later, laterTest, later is null ? null : data.LaterFrom,
            levels?.Offsets ?? [], levels?.Start,
            Slices(validation, scores),
            data.Ripeness.Lags(data.Of(Side.Training))?.DaysFor(0.99));
        return new Trained(learner, scorer, Evaluator.Evaluate(scorer, test), report, scores);
    }

    /// <summary>A model of the observations, with the levels of their weeks where the prediction has a time.</summary>
    private IScorer Fit(ILearner learner, IReadOnlyList<Observation> observations, CancellationToken cancellationToken)
    {
        var examples = observations.Where(data.Ripeness.IsRipe).Select(data.Ripeness.Example).ToList();
        if (examples.Select(example => example.Label).Distinct().Count() < 2)
            throw new LearningException($"the {examples.Count} ripe examples to learn from have one label only.");
        var model = learner.Train(declaration.FeatureSchema, examples, options, cancellationToken);
        if (!data.Ripeness.HasTime)
            return model;

        var probabilities = model.Probabilities([.. observations.Select(one => one.Features)]);
        return new LevelledScorer(model, PeriodLevels.Fit([.. data.Ripeness.Outcomes(observations, probabilities)]), declaration.DecisionTime!.Name);
    }

    /// <summary>What a model of the earlier examples says of the later period.</summary>
    private (Metrics? Later, Metrics? LaterTest) Later(ILearner learner, CancellationToken cancellationToken)
    {
        if (data.LaterFrom is not { } from)
            return (null, null);
        var earlier = data.Of(Side.Training).Where(one => one.Features.Decided < from && data.Ripeness.IsRipe(one)).ToList();
        var scorer = Fit(learner, earlier, cancellationToken);
        return (
            Evaluator.Evaluate(scorer, [.. data.RipeOf(Side.Training).Concat(data.RipeOf(Side.Validation)).Where(IsLater)]),
            Evaluator.Evaluate(scorer, [.. data.RipeOf(Side.Test).Where(IsLater)]));

        bool IsLater(Example example) => example.Features.Decided >= from;
    }

    private List<SliceMetrics> Slices(Example[] examples, double[] scores)
    {
        var slices = new List<SliceMetrics>();
        foreach (var (feature, values) in data.SlicesOf(examples))
        {
            foreach (var (value, places) in values)
            {
                slices.Add(new SliceMetrics(
                    feature, value, places.Length, places.Average(i => examples[i].Label ? 1.0 : 0), places.Average(i => scores[i]),
                    places.Average(i => Evaluator.LogLoss(scores[i], examples[i].Label))));
            }
        }

        return slices;
    }
}

/// <summary>A trained learner with what was measured of it.</summary>
/// <param name="Metrics">On the final test set.</param>
/// <param name="ValidationScores">On the validation examples, in their order.</param>
internal sealed record Trained(ILearner Learner, IScorer Scorer, Metrics Metrics, EvaluationReport Report, double[] ValidationScores)
{
    /// <summary>What learners are compared by: the log loss on the later period, or on the validation keys where there is none.</summary>
    public double SelectionLoss => (Report.Later ?? Report.Validation).LogLoss;
}
