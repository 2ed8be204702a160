using Serving.Scoring.Features;

namespace Serving.Scoring.Learning;

/// <summary>A way to learn a scorer from examples. The same examples and options give the same scorer, bit for bit.</summary>
public interface ILearner
{
    /// <summary>The name kept in the registry; it never changes once a model of it is stored.</summary>
    string Name { get; }

    /// <summary>Its hyper-parameters in one line: where they change, the same examples give another model.</summary>
    string Settings { get; }

    /// <summary>Learns from <paramref name="examples"/>, which hold both labels.</summary>
    IScorer Train(FeatureSchema schema, IReadOnlyList<Example> examples, LearningOptions options, CancellationToken cancellationToken);

    /// <summary>Reads a scorer that <see cref="IScorer.Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The content is not a model of this learner, or of another version of it.</exception>
    IScorer Load(FeatureSchema schema, Stream source);
}
