using Serving.Scoring.Evaluation;

namespace Serving.Scoring.Tests;

public sealed class EvaluatorTests
{
    public static TheoryData<double[], bool[], double> Curves => new()
    {
        { [0.1, 0.2, 0.8, 0.9], [false, false, true, true], 1 },
        { [0.9, 0.8, 0.2, 0.1], [false, false, true, true], 0 },
        { [0.5, 0.5, 0.5, 0.5], [false, true, false, true], 0.5 },
        { [0.1, 0.4, 0.35, 0.8], [false, false, true, true], 0.75 },
        { [0.3, 0.3, 0.7], [false, true, true], 0.75 },
    };

    [Theory]
    [MemberData(nameof(Curves))]
    public void The_area_counts_won_pairs_and_half_of_the_tied_ones(double[] scores, bool[] labels, double area) =>
        Evaluator.Evaluate(scores, labels).Auc.ShouldBe(area, tolerance: 1e-12);

    [Fact]
    public void An_area_without_both_labels_is_not_a_number() => Evaluator.Evaluate([0.1, 0.2], [true, true]).Auc.ShouldBe(double.NaN);

    [Fact]
    public void Log_loss_is_in_nats() => Evaluator.Evaluate([0.5, 0.5], [true, false]).LogLoss.ShouldBe(Math.Log(2), tolerance: 1e-12);

    [Fact]
    public void A_wrong_certainty_costs_much_but_not_infinitely() => Evaluator.Evaluate([0, 1], [true, false]).LogLoss.ShouldBeInRange(30, 40);

    [Fact]
    public void The_Brier_score_is_the_mean_squared_miss() =>
        Evaluator.Evaluate([0.8, 0.4], [true, false]).Brier.ShouldBe((0.04 + 0.16) / 2, tolerance: 1e-12);

    [Fact]
    public void Calibration_compares_the_promised_with_the_observed_rate()
    {
        var scores = Enumerable.Range(0, 100).Select(i => i / 100.0).ToArray();
        var labels = Enumerable.Range(0, 100).Select(i => i >= 90).ToArray();

        var metrics = Evaluator.Evaluate(scores, labels);

        metrics.Count.ShouldBe(100);
        metrics.Positives.ShouldBe(10);
        metrics.Calibration.Count.ShouldBe(10);
        metrics.Calibration[^1].ShouldBe(new CalibrationBin(10, 0.945, 1), "the highest scores");
        metrics.Calibration[0].ObservedRate.ShouldBe(0);
    }
}
