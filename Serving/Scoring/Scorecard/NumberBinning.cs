using System.Globalization;
using Serving.Scoring.Features;

namespace Serving.Scoring.Scorecard;

/// <param name="Index">The feature's place among the schema's numbers.</param>
/// <param name="Edges">Ascending lower edges of bins 2, 3, …; a value on an edge belongs to the bin above it.</param>
internal sealed record NumberBinning(string Feature, int Index, double[] Edges) : IBinning
{
    public int Count => Edges.Length + 2;

    public int FirstOrdered => 1;

    public int Bin(FeatureVector features)
    {
        var value = features.Numbers[Index];
        if (double.IsNaN(value))
            return 0;

        int low = 0, high = Edges.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (value < Edges[middle])
                high = middle;
            else
                low = middle + 1;
        }

        return low + 1;
    }

    public string Describe(FeatureVector features)
    {
        var value = features.Numbers[Index];
        return double.IsNaN(value) ? "missing" : value.ToString("0.###", CultureInfo.InvariantCulture);
    }

    /// <summary>Bins of about equal weight. Few distinct values keep a bin each.</summary>
    public static NumberBinning Quantiles(string feature, int index, IEnumerable<double> values, int bins)
    {
        var sorted = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        var edges = new List<double>();
        var start = 0;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1])
                continue;

            // a bin ends at the last distinct value before its share is exceeded; what is left is shared among the bins left
            var share = (sorted.Length - start) / (double)(bins - edges.Count);
            var next = NextDistinct(sorted, i);
            if (edges.Count < bins - 1 && Math.Abs(i - start - share) <= Math.Abs(next - start - share))
            {
                edges.Add(Between(sorted[i - 1], sorted[i]));
                start = i;
            }
        }

        return new NumberBinning(feature, index, [.. edges]);
    }

    private static int NextDistinct(double[] sorted, int from)
    {
        var next = from + 1;
        while (next < sorted.Length && sorted[next] == sorted[from])
            next++;
        return next;
    }

    // halfway, so that a value measured a little differently stays in its bin
    private static double Between(double below, double above)
    {
        var middle = below + (above - below) / 2;
        return middle > below ? middle : above;
    }
}
