using Serving.Scoring.Learning;
using Serving.Scoring.MLNet;
using Serving.Scoring.Scorecard;

namespace Serving.Scoring;

/// <summary>Every learner there is. A new one is a class of its own and a line here.</summary>
public static class Learners
{
    /// <summary>Where two models are equally good, the one of the earlier learner is preferred.</summary>
    public static IReadOnlyList<ILearner> All { get; } =
        [new FastTreeLearner(), new LightGbmLearner(), new LogisticRegressionLearner(), new ScorecardLearner()];

    /// <summary>The learner of that name; null where there is none.</summary>
    public static ILearner? Find(string name) => All.FirstOrDefault(learner => learner.Name == name);
}
