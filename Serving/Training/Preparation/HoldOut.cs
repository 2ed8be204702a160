using Serving.Scoring.Learning;

namespace Serving.Training.Preparation;

/// <summary>
/// The examples that no model trains on and every model is judged by: a fifth of the keys, the same for ever, so that a champion of
/// last year has not seen them either. Not an option, because changing it would judge the champion on what it learnt by heart.
/// </summary>
public static class HoldOut
{
    private const int Parts = 5;
    private const int Seed = 1;

    public static bool Contains(long key) => Split.PartOf(key, Parts, Seed) == 0;
}
