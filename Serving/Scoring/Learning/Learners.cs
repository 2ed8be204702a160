using Serving.Scoring.Scorecard;

namespace Serving.Scoring.Learning;

/// <summary>Every learner there is. A new one is a class of its own and a line here.</summary>
public static partial class Learners
{
    /// <summary>Where two models are equally good, the one of the earlier learner is preferred.</summary>
    public static IReadOnlyList<ILearner> All { get; } = Collect();

    /// <summary>The learner of that name; null where this build has none.</summary>
    public static ILearner? Find(string name) => All.FirstOrDefault(learner => learner.Name == name);

    private static List<ILearner> Collect()
    {
        var learners = new List<ILearner>();
        AddMLNet(learners);
        learners.Add(new ScorecardLearner());
        return learners;
    }

    /// <summary>Compiled in where the package feeds carry ML.NET (eng/Feeds.targets).</summary>
    static partial void AddMLNet(ICollection<ILearner> learners);
}
