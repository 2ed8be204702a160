using Serving.Scoring.Learning;

namespace Serving.Scoring.Scorecard;

/// <summary>
/// Finds the pairs of features that say something together which they don't say apart: the drop in loss that one step on a coarse
/// grid of both would bring, given what the single terms have explained already.
/// </summary>
internal static class PairSelection
{
    private const int CoarseBins = 8;

    /// <param name="scores">The log-odds of each example after fitting the single terms.</param>
    public static IEnumerable<(IBinning Row, IBinning Column)> Select(
        IReadOnlyList<IBinning> candidates, IReadOnlyList<IBinning> coarse, IReadOnlyList<Example> examples, double[] scores, ScorecardOptions options)
    {
        var bins = coarse.Select(binning => Bins(binning, examples)).ToArray();
        var gains = new List<(double Gain, int Row, int Column)>();
        for (var row = 0; row < coarse.Count; row++)
        {
            for (var column = row + 1; column < coarse.Count; column++)
                gains.Add((Gain(bins[row], bins[column], coarse[row].Count, coarse[column].Count, examples, scores, options.Ridge), row, column));
        }

        return gains
            .Where(pair => pair.Gain > 0)
            .OrderByDescending(pair => pair.Gain)
            .Take(options.Pairs)
            .Select(pair => (candidates[pair.Row], candidates[pair.Column]));
    }

    public static IReadOnlyList<NumberBinning> Coarse(IEnumerable<(string Name, int Index, double[] Values)> numbers) =>
        [.. numbers.Select(number => NumberBinning.Quantiles(number.Name, number.Index, number.Values, CoarseBins))];

    private static byte[] Bins(IBinning binning, IReadOnlyList<Example> examples)
    {
        var bins = new byte[examples.Count];
        for (var i = 0; i < bins.Length; i++)
            bins[i] = (byte)Math.Min(binning.Bin(examples[i].Features), byte.MaxValue);
        return bins;
    }

    private static double Gain(
        byte[] rows, byte[] columns, int rowCount, int columnCount, IReadOnlyList<Example> examples, double[] scores, double ridge)
    {
        var residual = new double[rowCount * columnCount];
        var weight = new double[rowCount * columnCount];
        for (var i = 0; i < rows.Length; i++)
        {
            var probability = Logistic.Probability(scores[i]);
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
