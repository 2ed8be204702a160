using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Scoring.Scorecard;

/// <summary>
/// A scorecard: every feature is cut into bins, every bin has a weight, and the log-odds are the sum of the weights. The most telling
/// pairs of features have a grid of weights besides. Weights come from L2 logistic regression that also keeps neighbouring bins
/// close; held-out scores of the training data's folds calibrate the sum.
/// </summary>
internal sealed class ScorecardLearner(ScorecardOptions options) : ILearner
{
    public ScorecardLearner()
        : this(new ScorecardOptions())
    {
    }

    public string Name => "scorecard";

    public string Settings => options.ToString();

    public IScorer Train(FeatureSchema schema, IReadOnlyList<Example> examples, LearningOptions learning, CancellationToken cancellationToken)
    {
        var rows = Enumerable.Range(0, examples.Count).ToArray();
        var categories = Binnings.Categories(schema, examples, options.MinimumLevel);

        var design = Design.Of(examples);
        foreach (var binning in (IEnumerable<IBinning>)[.. Binnings.Numbers(schema, examples, options.Bins), .. categories])
            design.Add(examples, binning);
        var weights = WeightFit.Fit(design, rows, [Prior(examples)], options, cancellationToken);

        var scores = rows.Select(row => WeightFit.Linear(design, row, weights)).ToArray();
        IReadOnlyList<IBinning> grids = [.. Binnings.Numbers(schema, examples, options.PairBins), .. categories];
        foreach (var (row, column) in PairSelection.Select(grids, examples, scores, options))
            design.Add(examples, row, column);
        weights = WeightFit.Fit(design, rows, weights, options, cancellationToken);

        var calibration = Calibrate(design, examples, weights, learning.Seed, cancellationToken);
        return new ScorecardScorer(Model(schema, design, weights, calibration, examples.Count));
    }

    public IScorer Load(FeatureSchema schema, Stream source) => new ScorecardScorer(ScorecardFile.Read(schema, source));

    private static double Prior(IReadOnlyList<Example> examples)
    {
        var positives = examples.Count(example => example.Label);
        return Math.Log((double)positives / (examples.Count - positives));
    }

    private PlattCalibration Calibrate(
        Design design, IReadOnlyList<Example> examples, double[] weights, int seed, CancellationToken cancellationToken)
    {
        var folds = Enumerable.Range(0, examples.Count).GroupBy(row => Split.PartOf(examples[row].Key, options.Folds, seed + 1)).ToArray();
        var held = new double[examples.Count];
        Parallel.ForEach(folds, new ParallelOptions { CancellationToken = cancellationToken }, fold =>
        {
            int[] others = [.. folds.Where(other => other.Key != fold.Key).SelectMany(other => other).Order()];
            var foldWeights = WeightFit.Fit(design, others, weights, options, cancellationToken);
            foreach (var row in fold)
                held[row] = WeightFit.Linear(design, row, foldWeights);
        });

        return PlattCalibration.Fit(held, design.Labels);
    }

    /// <summary>Folds the calibration into the weights, and centres every term on its training mean.</summary>
    private static ScorecardModel Model(FeatureSchema schema, Design design, double[] weights, PlattCalibration calibration, int count)
    {
        var intercept = weights[0];
        var terms = new List<Term>();
        for (var t = 0; t < design.Terms.Count; t++)
        {
            var (row, column, start) = design.Terms[t];
            var mean = design.Places[t].Sum(place => weights[place]) / count;
            intercept += mean;
            terms.Add(new Term(row, column, [.. weights.Skip(start).Take(Term.Cells(row, column)).Select(weight => calibration.Slope * (weight - mean))]));
        }

        return new ScorecardModel(schema, calibration.Slope * intercept + calibration.Offset, terms);
    }
}
