using Serving.Scoring.Calibration;
using Serving.Scoring.Learning;

namespace Serving.Scoring.Tests;

public sealed class CalibrationTests
{
    private static readonly DateTime s_start = new(2026, 1, 1);

    [Fact]
    public void The_newest_level_follows_a_share_that_rises()
    {
        // the model says 0.2 all the time; 0.1 converted at first, 0.4 do now
        var outcomes = Outcomes(week => week < 4 ? 0.1 : 0.4);

        var levels = PeriodLevels.Fit(outcomes);

        Probability(levels.At(s_start.AddDays(60))).ShouldBe(0.4, tolerance: 0.03);
        Probability(levels.At(null)).ShouldBe(0.4, tolerance: 0.03);
        Probability(levels.At(s_start)).ShouldBe(0.1, tolerance: 0.03);
    }

    [Fact]
    public void A_young_week_of_which_half_has_come_is_not_taken_for_a_worse_one()
    {
        var random = new Random(4);
        var outcomes = Enumerable.Range(0, 20_000).Select(i =>
        {
            var day = random.Next(56);
            var share = day < 42 ? 1 : 0.6;
            return new PeriodOutcome(s_start.AddDays(day), LogOdds(0.2), random.NextDouble() < 0.2 * share, share);
        }).ToList();

        PeriodLevels.Fit(outcomes).Offsets.ShouldAllBe(offset => Math.Abs(offset) < 0.2);
    }

    [Fact]
    public void Lags_are_estimated_although_the_data_ends_before_many_of_them()
    {
        // lags are uniform over 20 days; entities were decided over 30 days and watched to the end of the last
        var random = new Random(5);
        var seen = new List<SeenLag>();
        for (var i = 0; i < 50_000; i++)
        {
            var age = random.Next(30);
            var lag = random.Next(20);
            if (lag <= age)
                seen.Add(new SeenLag(lag, 0, age));
        }

        var curve = LagCurve.Fit(seen, 24);

        for (var day = 0; day < 20; day++)
            curve.Share(0, day).ShouldBe((day + 1) / 20.0, tolerance: 0.02);
        curve.DaysFor(0.99).ShouldBe(20);
    }

    [Fact]
    public void A_model_with_levels_is_stored_with_them_and_gives_its_week_as_a_reason()
    {
        var learner = Learners.Find("scorecard")!;
        var model = learner.Train(SampleExamples.Schema, SampleExamples.Draw(3000), new LearningOptions(), default);
        var levelled = new LevelledScorer(model, new PeriodLevels(s_start, [-1, 0, 2.5]), "created_at");
        using var stored = new MemoryStream();
        levelled.Save(stored);

        var restored = LevelledFile.Read(learner, SampleExamples.Schema, stored.ToArray());
        var features = SampleExamples.Vector(5, 0.5, 0.5, "Google");

        restored.Score(features, 3).ShouldBeEquivalentTo(levelled.Score(features, 3));
        restored.Score(features, 20).Reasons.ShouldContain(reason => reason.Feature == "created_at" && reason.Value == "week of 2026-01-15" && reason.Contribution == 2.5);
        var old = features with { Decided = s_start.AddDays(1) };
        (LogOdds(restored.Score(features).Probability) - LogOdds(restored.Score(old).Probability)).ShouldBe(3.5, tolerance: 1e-9);
        restored.Probabilities([old])[0].ShouldBe(restored.Score(old).Probability, tolerance: 1e-12);
    }

    [Theory]
    [InlineData("2.5", "1e9")]
    [InlineData("2.5", "1e999")]
    [InlineData("[-1,0,2.5]", "[]")]
    [InlineData("[-1,0,2.5]", "null")]
    public void A_damaged_level_is_refused(string part, string damage)
    {
        var learner = Learners.Find("scorecard")!;
        var model = learner.Train(SampleExamples.Schema, SampleExamples.Draw(2000), new LearningOptions(), default);
        using var stored = new MemoryStream();
        new LevelledScorer(model, new PeriodLevels(s_start, [-1, 0, 2.5]), "created_at").Save(stored);
        var text = System.Text.Encoding.UTF8.GetString(stored.ToArray());
        var place = text.IndexOf(part, StringComparison.Ordinal);

        var damaged = System.Text.Encoding.UTF8.GetBytes(text[..place] + damage + text[(place + part.Length)..]);

        Should.Throw<InvalidDataException>(() => LevelledFile.Read(learner, SampleExamples.Schema, damaged));
    }

    private static List<PeriodOutcome> Outcomes(Func<int, double> rate)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, 16_000).Select(i =>
        {
            var day = i * 56 / 16_000;
            return new PeriodOutcome(s_start.AddDays(day), LogOdds(0.2), random.NextDouble() < rate(day / 7), 1);
        })];
    }

    private static double Probability(double level) => 1 / (1 + Math.Exp(-LogOdds(0.2) - level));

    private static double LogOdds(double probability) => Math.Log(probability / (1 - probability));
}
