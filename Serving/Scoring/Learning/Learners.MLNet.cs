using Serving.Scoring.MLNet;

namespace Serving.Scoring.Learning;

public static partial class Learners
{
    static partial void AddMLNet(ICollection<ILearner> learners)
    {
        learners.Add(new FastTreeLearner());
        learners.Add(new LogisticRegressionLearner());
    }
}
