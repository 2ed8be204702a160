using Serving.Scoring.Learning;

namespace Serving.Training.Preparation;

/// <summary>What an example is for.</summary>
public enum Side
{
    /// <summary>Models learn from it.</summary>
    Training,

    /// <summary>It chooses the learner, and decides between the champion and its challenger. No model learns from it.</summary>
    Validation,

    /// <summary>It measures what was chosen, and touches nothing else.</summary>
    Test,
}

/// <summary>
/// Draws the sides from a hash of the key, the same for ever, so that a champion of last year has not learnt from the examples it is judged by
/// either. Not an option, because changing it would judge the champion on what it learnt by heart.
/// </summary>
public static class Sides
{
    private const int TestParts = 5;
    private const int TestSeed = 1;
    private const int ValidationParts = 8;
    private const int ValidationSeed = 2;

    /// <summary>A fifth of the keys is for the test, a tenth for the validation.</summary>
    public static Side Of(long key) =>
        Split.PartOf(key, TestParts, TestSeed) == 0 ? Side.Test
        : Split.PartOf(key, ValidationParts, ValidationSeed) == 0 ? Side.Validation
        : Side.Training;
}
