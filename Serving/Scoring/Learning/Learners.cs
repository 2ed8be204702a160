using Serving.Scoring.Scorecard;

namespace Serving.Scoring.Learning;

/// <summary>Every learner there is. A new one is a class of its own and a line here.</summary>
public static class Learners
{
    public static IReadOnlyList<ILearner> All { get; } =
    [
        new ScorecardLearner(),
    ];

    /// <summary>The learner of that name; null where this build has none.</summary>
    public static ILearner? Find(string name) => All.FirstOrDefault(learner => learner.Name == name);
}
