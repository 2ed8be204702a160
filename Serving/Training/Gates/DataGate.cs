using Serving.Scoring.Features;
using Serving.Training.Configuration;
using Serving.Training.Failures;

namespace Serving.Training.Gates;

/// <summary>Whether the examples are worth learning from.</summary>
public static class DataGate
{
    /// <exception cref="TrainingException">Too few examples, or too few of a label.</exception>
    public static void Check(IReadOnlyList<Example> examples, TrainingOptions options)
    {
        if (examples.Count < options.MinimumExamples)
            throw new TrainingException(
                $"lead_features holds {examples.Count} examples, {options.MinimumExamples} are needed to train: load more leads, or lower " +
                $"Training:MinimumExamples.");

        var positives = examples.Count(example => example.Label);
        var fewest = Math.Min(positives, examples.Count - positives);
        if (fewest < options.MinimumPerLabel)
            throw new TrainingException(
                $"lead_features holds {positives} customers among {examples.Count} leads, {options.MinimumPerLabel} of each label are needed to train: load " +
                $"more leads, or lower Training:MinimumPerLabel.");
    }
}
