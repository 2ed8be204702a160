using Serving.Scoring.Evaluation;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Scoring.Tests;

/// <summary>What the scorecard promises beyond what every learner does.</summary>
public sealed class ScorecardTests
{
    private static readonly ILearner s_scorecard = Learners.Find("scorecard")!;

    [Fact]
    public void Two_features_that_matter_only_together_are_found()
    {
        var schema = new FeatureSchema(["a", "b", "noise"], []);
        var random = new Random(3);
        var examples = Enumerable.Range(0, 8000).Select(i =>
        {
            double[] numbers = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
            var together = (numbers[0] > 0.5) != (numbers[1] > 0.5);
            return new Example(i, new FeatureVector(numbers, []), random.NextDouble() < (together ? 0.8 : 0.2));
        }).ToList();

        var scorer = s_scorecard.Train(schema, examples[..6000], new LearningOptions(), default);

        Evaluator.Evaluate(scorer, examples[6000..]).Auc.ShouldBeGreaterThan(0.77);
        scorer.Score(examples[0].Features, reasons: 1).Reasons.Single().Feature.ShouldBe("a x b");
    }

    [Fact]
    public void Reasons_add_up_to_the_score()
    {
        var scorer = s_scorecard.Train(SampleExamples.Schema, SampleExamples.Draw(4000), new LearningOptions(), default);
        var one = scorer.Score(SampleExamples.Vector(5, 0.9, 0.2, "Google"), reasons: 100);
        var other = scorer.Score(SampleExamples.Vector(1, double.NaN, 0.7, null), reasons: 100);

        var between = one.Reasons.Sum(reason => reason.Contribution) - other.Reasons.Sum(reason => reason.Contribution);

        between.ShouldBe(LogOdds(one.Probability) - LogOdds(other.Probability), tolerance: 1e-9);
    }

    [Fact]
    public void The_largest_reason_comes_first_and_says_the_value()
    {
        var scorer = s_scorecard.Train(SampleExamples.Schema, SampleExamples.Draw(4000), new LearningOptions(), default);

        var reasons = scorer.Score(SampleExamples.Vector(5.25, 0.5, 0.5, null), reasons: 2).Reasons;

        reasons.Count.ShouldBe(2);
        reasons[0].Feature.ShouldBe("hump");
        reasons[0].Value.ShouldBe("5.25");
        reasons[0].Contribution.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void A_missing_value_is_a_reason_of_its_own()
    {
        var scorer = s_scorecard.Train(SampleExamples.Schema, SampleExamples.Draw(6000), new LearningOptions(), default);

        var reason = scorer.Score(SampleExamples.Vector(1, double.NaN, 0.5, "Meta"), reasons: 100).Reasons.Single(reason => reason.Feature == "rising");

        reason.Value.ShouldBe("missing");
        reason.Contribution.ShouldBe(0.9, tolerance: 0.4);
    }

    [Fact]
    public void A_feature_without_a_single_value_changes_nothing()
    {
        var schema = new FeatureSchema(["signal", "always missing", "always one"], []);
        var random = new Random(5);
        var examples = Enumerable.Range(0, 3000).Select(i =>
        {
            var signal = random.NextDouble();
            return new Example(i, new FeatureVector([signal, double.NaN, 1], []), random.NextDouble() < signal);
        }).ToList();

        var scorer = s_scorecard.Train(schema, examples, new LearningOptions(), default);

        var reasons = scorer.Score(examples[0].Features, reasons: 100).Reasons;
        reasons.Where(reason => reason.Feature.StartsWith("always", StringComparison.Ordinal)).ShouldAllBe(reason => Math.Abs(reason.Contribution) < 1e-9);
        Evaluator.Evaluate(scorer, examples).Auc.ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void Cutting_values_into_bins_keeps_few_distinct_values_apart()
    {
        var schema = new FeatureSchema(["calls"], []);
        var examples = Enumerable.Range(0, 2000).Select(i => new Example(i, new FeatureVector([i % 4], []), i % 4 == 2 ? i % 10 != 0 : i % 10 == 0)).ToList();

        var scorer = s_scorecard.Train(schema, examples, new LearningOptions(), default);

        scorer.Score(new FeatureVector([2], [])).Probability.ShouldBeGreaterThan(0.75);
        scorer.Score(new FeatureVector([1], [])).Probability.ShouldBeLessThan(0.25);
        scorer.Score(new FeatureVector([3], [])).Probability.ShouldBeLessThan(0.25);
    }

    private static double LogOdds(double probability) => Math.Log(probability / (1 - probability));
}
