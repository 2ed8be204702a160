namespace Serving.Scoring.Evaluation;

/// <summary>How much one model differs from another on the same examples, and how sure that is.</summary>
/// <param name="Mean">The mean difference.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
public sealed record PairedBootstrap(double Mean, double Low, double High)
{
    private const int Resamples = 1000;
    private const int Seed = 1;

    /// <summary>The difference in log loss, above 0 where the second model is better; drawn from a fixed seed.</summary>
    public static PairedBootstrap OfLogLoss(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<bool> labels)
    {
        var differences = new double[labels.Length];
        for (var i = 0; i < differences.Length; i++)
            differences[i] = Evaluator.LogLoss(first[i], labels[i]) - Evaluator.LogLoss(second[i], labels[i]);
        if (differences.Length == 0)
            return new PairedBootstrap(0, 0, 0);

        var random = new Random(Seed);
        var means = new double[Resamples];
        for (var resample = 0; resample < Resamples; resample++)
        {
            double sum = 0;
            for (var i = 0; i < differences.Length; i++)
                sum += differences[random.Next(differences.Length)];
            means[resample] = sum / differences.Length;
        }

        Array.Sort(means);
        return new PairedBootstrap(differences.Average(), means[(int)(Resamples * 0.025)], means[(int)(Resamples * 0.975)]);
    }
}
