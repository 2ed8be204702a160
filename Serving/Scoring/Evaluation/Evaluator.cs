using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Scoring.Evaluation;

/// <summary>Measures every learner with the same code, on the same held-out examples.</summary>
public static class Evaluator
{
    private const int Bins = 10;

    // a score of exactly 0 or 1 that is wrong would cost infinitely much
    private const double Smallest = 1e-15;

    public static Metrics Evaluate(IScorer scorer, IReadOnlyList<Example> examples)
    {
        var scores = scorer.Probabilities([.. examples.Select(example => example.Features)]);
        return Evaluate(scores, [.. examples.Select(example => example.Label)]);
    }

    public static Metrics Evaluate(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        var sortedScores = scores.ToArray();
        var sortedLabels = labels.ToArray();
        Array.Sort(sortedScores, sortedLabels);

        double logLoss = 0, brier = 0;
        var positives = 0;
        for (var i = 0; i < sortedScores.Length; i++)
        {
            logLoss += LogLoss(sortedScores[i], sortedLabels[i]);
            var miss = sortedScores[i] - (sortedLabels[i] ? 1 : 0);
            brier += miss * miss;
            positives += sortedLabels[i] ? 1 : 0;
        }

        return new Metrics(
            sortedScores.Length, positives, Auc(sortedScores, sortedLabels, positives),
            logLoss / sortedScores.Length, brier / sortedScores.Length, Calibration(sortedScores, sortedLabels), PrAuc(sortedScores, sortedLabels, positives));
    }

    /// <summary>The loss of one score in nats.</summary>
    public static double LogLoss(double score, bool label)
    {
        var inside = Math.Clamp(score, Smallest, 1 - Smallest);
        return -Math.Log(label ? inside : 1 - inside);
    }

    /// <summary>Average precision; examples of the same score are taken together. NaN where no example is positive.</summary>
    private static double PrAuc(double[] scores, bool[] labels, int positives)
    {
        double area = 0;
        int found = 0, taken = 0;
        for (var end = scores.Length; end > 0;)
        {
            var start = end;
            var here = 0;
            for (; start > 0 && scores[start - 1] == scores[end - 1]; start--)
                here += labels[start - 1] ? 1 : 0;
            found += here;
            taken += end - start;
            area += (double)here / positives * found / taken;
            end = start;
        }

        return positives == 0 ? double.NaN : area;
    }

    /// <summary>The Mann-Whitney statistic; NaN where one of the labels does not occur.</summary>
    private static double Auc(double[] scores, bool[] labels, int positives)
    {
        double wins = 0;
        long negativesBelow = 0;
        for (var start = 0; start < scores.Length;)
        {
            var end = start;
            int tiedPositives = 0, tiedNegatives = 0;
            for (; end < scores.Length && scores[end] == scores[start]; end++)
            {
                if (labels[end])
                    tiedPositives++;
                else
                    tiedNegatives++;
            }

            wins += tiedPositives * (negativesBelow + tiedNegatives / 2.0);
            negativesBelow += tiedNegatives;
            start = end;
        }

        return wins / ((double)positives * (scores.Length - positives));
    }

    private static List<CalibrationBin> Calibration(double[] scores, bool[] labels)
    {
        var bins = new List<CalibrationBin>(Bins);
        for (var bin = 0; bin < Bins; bin++)
        {
            var start = (int)((long)scores.Length * bin / Bins);
            var end = (int)((long)scores.Length * (bin + 1) / Bins);
            if (end > start)
                bins.Add(new CalibrationBin(end - start, scores[start..end].Average(), labels[start..end].Count(label => label) / (double)(end - start)));
        }

        return bins;
    }
}
