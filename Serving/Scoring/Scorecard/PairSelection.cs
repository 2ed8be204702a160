using Serving.Scoring.Features;

namespace Serving.Scoring.Scorecard;

/// <summary>
/// Finds the pairs of features that say something together which they don't say apart: the drop in loss that one step on the
/// grid of both would bring, given what the single terms have explained already.
/// </summary>
internal static class PairSelection
{
    /// <param name="binnings">How each feature is cut on its side of a grid.</param>
    /// <param name="scores">The log-odds of each example after fitting the single terms.</param>
    public static IEnumerable<(IBinning Row, IBinning Column)> Select(
        IReadOnlyList<IBinning> binnings, IReadOnlyList<Example> examples, double[] scores, ScorecardOptions options)
    {
        var bins = binnings.Select(binning => Bins(binning, examples)).ToArray();
        var probabilities = scores.Select(Logistic.Probability).ToArray();
        var gains = new List<(double Gain, int Row, int Column)>();
        for (var row = 0; row < binnings.Count; row++)
        {
            for (var column = row + 1; column < binnings.Count; column++)
                gains.Add((Gain(bins[row], bins[column], binnings[row].Count, binnings[column].Count, examples, probabilities, options.Ridge), row, column));
        }

        return gains
            .Where(pair => pair.Gain > 0)
            .OrderByDescending(pair => pair.Gain)
            .Take(options.Pairs)
            .Select(pair => (binnings[pair.Row], binnings[pair.Column]));
    }

    private static int[] Bins(IBinning binning, IReadOnlyList<Example> examples)
    {
        var bins = new int[examples.Count];
        for (var i = 0; i < bins.Length; i++)
            bins[i] = binning.Bin(examples[i].Features);
        return bins;
    }

    private static double Gain(
        int[] rows, int[] columns, int rowCount, int columnCount, IReadOnlyList<Example> examples, double[] probabilities, double ridge)
    {
        var residual = new double[rowCount * columnCount];
        var weight = new double[rowCount * columnCount];
        for (var i = 0; i < rows.Length; i++)
        {
            var probability = probabilities[i];
            var cell = rows[i] * columnCount + columns[i];
            residual[cell] += (examples[i].Label ? 1 : 0) - probability;
            weight[cell] += probability * (1 - probability);
        }

        // a cell without anything to say still gains 1 on average, by chance
        double gain = 0;
        for (var cell = 0; cell < residual.Length; cell++)
        {
            if (weight[cell] > 0)
                gain += residual[cell] * residual[cell] / (weight[cell] + ridge) - 1;
        }

        return gain;
    }
}
