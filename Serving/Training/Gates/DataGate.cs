using Serving.Scoring.Features;
using Serving.Training.Configuration;
using Serving.Training.Failures;

namespace Serving.Training.Gates;

/// <summary>Whether the examples are worth learning from.</summary>
public static class DataGate
{
    /// <param name="relation">Where the examples come from, for the message.</param>
    /// <param name="examples">Those with a ripe label.</param>
    /// <param name="unripe">How many more there are whose label is not ripe.</param>
    /// <exception cref="TrainingException">Too few examples, or too few of a label.</exception>
    public static void Check(string relation, IReadOnlyCollection<Example> examples, int unripe, TrainingOptions options)
    {
        var young = unripe == 0 ? "" : $" (and {unripe} whose label is not ripe)";
        if (examples.Count < options.MinimumExamples)
        {
            throw new TrainingException(
                $"{relation} holds {examples.Count} examples{young}, {options.MinimumExamples} are needed to train: load more data, or lower " +
                $"Training:MinimumExamples.");
        }

        var positives = examples.Count(example => example.Label);
        var fewest = Math.Min(positives, examples.Count - positives);
        if (fewest < options.MinimumPerLabel)
        {
            throw new TrainingException(
                $"{relation} holds {positives} positive labels among {examples.Count} examples{young}, {options.MinimumPerLabel} of each label are needed to " +
                $"train: load more data, or lower Training:MinimumPerLabel.");
        }
    }
}
