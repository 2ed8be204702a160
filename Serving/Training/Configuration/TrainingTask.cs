using Serving.Training.Failures;

namespace Serving.Training.Configuration;

/// <summary>What the program is asked to do.</summary>
/// <param name="IsScoring">Scores the open rows with the champions alone, without training.</param>
public sealed record TrainingTask(bool IsScoring)
{
    /// <summary>Reads the first argument: <c>train</c>, which is the default, or <c>score</c>.</summary>
    /// <exception cref="TrainingException">It is another word.</exception>
    public static TrainingTask Read(IReadOnlyList<string> arguments) => arguments.FirstOrDefault() switch
    {
        "score" => new TrainingTask(IsScoring: true),
        null or "train" => new TrainingTask(IsScoring: false),
        var setting when setting.StartsWith('-') => new TrainingTask(IsScoring: false),
        var other => throw new TrainingException(
            $"'{other}' is nothing that this program does; the first argument is 'train', which is the default, or 'score'."),
    };
}
