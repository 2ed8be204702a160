using Serving.Scoring.Evaluation;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Scoring.Tests;

/// <summary>What every learner must do, whichever this build has.</summary>
public sealed class LearnerTests
{
    private static readonly List<Example> s_training = SampleExamples.Draw(6000, seed: 1);
    private static readonly List<Example> s_heldOut = SampleExamples.Draw(4000, seed: 2);

    public static TheoryData<string> Names => [.. Learners.All.Select(learner => learner.Name)];

    [Fact]
    public void Every_learner_has_a_name_of_its_own() =>
        Learners.All.Select(learner => learner.Name).ShouldBeUnique();

    [Fact]
    public void The_scorecard_is_in_every_build() => Learners.Find("scorecard").ShouldNotBeNull();

    [Fact]
    public void An_unknown_name_finds_no_learner() => Learners.Find("oracle").ShouldBeNull();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hump_is_learnt_almost_as_well_as_the_law_itself_knows_it(string name)
    {
        var learned = Evaluator.Evaluate(Train(name), s_heldOut);
        var law = Evaluator.Evaluate([.. s_heldOut.Select(example => SampleExamples.Probability(example.Features))], [.. s_heldOut.Select(example => example.Label)]);

        learned.Auc.ShouldBeGreaterThan(law.Auc - 0.015);
        learned.LogLoss.ShouldBeLessThan(law.LogLoss + 0.03);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_are_calibrated_on_examples_never_seen(string name)
    {
        foreach (var bin in Evaluator.Evaluate(Train(name), s_heldOut).Calibration)
            bin.MeanScore.ShouldBe(bin.ObservedRate, tolerance: 0.09);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_examples_give_the_same_scores_bit_for_bit(string name) => Scores(Train(name)).ShouldBe(Scores(Train(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stored_model_scores_as_the_one_it_was_stored_from(string name)
    {
        var trained = Train(name);

        var restored = Stored(trained, name, SampleExamples.Schema);

        Scores(restored).ShouldBe(Scores(trained));
        var features = s_heldOut[0].Features;
        restored.Score(features, reasons: 10).ShouldBeEquivalentTo(trained.Score(features, reasons: 10));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_score_is_the_same_as_that_of_many(string name)
    {
        var scorer = Train(name);

        var many = Scores(scorer);

        for (var i = 0; i < 50; i++)
            scorer.Score(s_heldOut[i].Features).Probability.ShouldBe(many[i], tolerance: 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Many_threads_may_share_a_scorer(string name)
    {
        var scorer = Train(name);
        var expected = Scores(scorer);
        var scores = new double[2000];

        Parallel.For(0, scores.Length, i => scores[i] = scorer.Score(s_heldOut[i].Features).Probability);

        for (var i = 0; i < scores.Length; i++)
            scores[i].ShouldBe(expected[i], tolerance: 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_of_other_features_is_refused(string name)
    {
        var trained = Train(name);

        Should.Throw<InvalidDataException>(() => Stored(trained, name, new FeatureSchema(["other"], [])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_no_model_is_refused(string name) =>
        Should.Throw<InvalidDataException>(() => Learners.Find(name)!.Load(SampleExamples.Schema, new MemoryStream("{\"Version\":"u8.ToArray())));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_level_never_seen_is_scored_all_the_same(string name)
    {
        var score = Train(name).Score(SampleExamples.Vector(5, 0.5, 0.5, "a source of tomorrow"));

        score.Probability.ShouldBeInRange(0.5, 0.99);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_stops_when_it_is_cancelled(string name) =>
        Should.Throw<OperationCanceledException>(() => Learners.Find(name)!.Train(SampleExamples.Schema, s_training, new LearningOptions(), new CancellationToken(canceled: true)));

    private static IScorer Train(string name) => Learners.Find(name)!.Train(SampleExamples.Schema, s_training, new LearningOptions(), default);

    private static double[] Scores(IScorer scorer) => scorer.Probabilities([.. s_heldOut.Select(example => example.Features)]);

    private static IScorer Stored(IScorer scorer, string name, FeatureSchema schema)
    {
        var stream = new MemoryStream();
        scorer.Save(stream);
        stream.Position = 0;
        return Learners.Find(name)!.Load(schema, stream);
    }
}
