using Serving.Scoring.Features;

namespace Serving.Scoring.Learning;

/// <summary>A trained model. Immutable and safe to share between threads.</summary>
public interface IScorer
{
    /// <summary>Scores one vector of the schema the model was trained on.</summary>
    /// <param name="features">The values.</param>
    /// <param name="reasons">How many reasons to return at most.</param>
    Score Score(FeatureVector features, int reasons = 0);

    /// <summary>The probabilities of many vectors, in their order.</summary>
    double[] Probabilities(IReadOnlyList<FeatureVector> features);

    /// <summary>Writes what <see cref="ILearner.Load"/> of the same learner reads.</summary>
    void Save(Stream destination);
}
