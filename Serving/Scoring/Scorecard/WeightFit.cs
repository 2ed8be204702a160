using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using Serving.Scoring.Learning;

namespace Serving.Scoring.Scorecard;

/// <summary>
/// Logistic regression over bins by L-BFGS: the mean negative log-likelihood plus the two quadratic penalties of
/// <see cref="ScorecardOptions"/>. The objective is convex; sums run in a fixed order, so that the result is the same bit for bit,
/// on any number of processors.
/// </summary>
internal sealed class WeightFit
{
    // per example: beyond it the held-out loss no longer moves in its fourth digit
    private const double GradientTolerance = 1e-4;

    // always as many, whatever the machine, so that sums run in the same order everywhere
    private const int Chunks = 4;

    private const int Memory = 10;
    private const int MaximumIterations = 500;

    private readonly Design _design;
    private readonly int[] _rows;
    private readonly ScorecardOptions _options;
    private readonly (int First, int Second)[] _neighbours;

    // the places of each example's weights, one example after the other
    private readonly int[] _places;
    private readonly int _terms;
    private readonly CancellationToken _cancellationToken;

    private WeightFit(Design design, int[] rows, ScorecardOptions options, CancellationToken cancellationToken)
    {
        _design = design;
        _rows = rows;
        _options = options;
        _neighbours = [.. design.Neighbours()];
        _terms = design.Places.Count;
        _places = new int[rows.Length * _terms];
        for (var term = 0; term < _terms; term++)
        {
            var places = design.Places[term];
            for (var i = 0; i < rows.Length; i++)
                _places[i * _terms + term] = places[rows[i]];
        }

        _cancellationToken = cancellationToken;
    }

    /// <param name="rows">The examples to learn from, as places in the design.</param>
    /// <param name="start">Where to begin; shorter than needed where terms were added since.</param>
    public static double[] Fit(Design design, int[] rows, double[] start, ScorecardOptions options, CancellationToken cancellationToken)
    {
        var fit = new WeightFit(design, rows, options, cancellationToken);
        var guess = new double[design.Weights];
        start.CopyTo(guess, 0);
        var minimizer = new LimitedMemoryBfgsMinimizer(GradientTolerance, 1e-9, 1e-9, Memory, MaximumIterations);
        var objective = ObjectiveFunction.Gradient(fit.Evaluate);
        try
        {
            return minimizer.FindMinimum(objective, Vector<double>.Build.Dense(guess)).MinimizingPoint.ToArray();
        }
        catch (OptimizationException exception)
        {
            throw new LearningException(
                $"The weights of {design.Terms.Count} terms cannot be fitted to {rows.Length} examples: {exception.Message}", exception);
        }
    }

    /// <summary>The log-odds of one example under the given weights.</summary>
    public static double Linear(Design design, int row, double[] weights)
    {
        var sum = weights[0];
        foreach (var places in design.Places)
            sum += weights[places[row]];
        return sum;
    }

    private (double Value, Vector<double> Gradient) Evaluate(Vector<double> point)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var weights = point.AsArray() ?? point.ToArray();
        var losses = new double[Chunks];
        var gradients = new double[Chunks][];
        Parallel.For(0, Chunks, chunk =>
        {
            gradients[chunk] = new double[weights.Length];
            losses[chunk] = NegativeLogLikelihood(weights, gradients[chunk], Start(chunk), Start(chunk + 1));
        });

        var gradient = gradients[0];
        for (var chunk = 1; chunk < Chunks; chunk++)
        {
            for (var i = 0; i < gradient.Length; i++)
                gradient[i] += gradients[chunk][i];
        }

        var value = losses.Sum() + Penalty(weights, gradient);
        var scale = 1.0 / _rows.Length;
        for (var i = 0; i < gradient.Length; i++)
            gradient[i] *= scale;
        return (value * scale, Vector<double>.Build.Dense(gradient));
    }

    private int Start(int chunk) => (int)((long)_rows.Length * chunk / Chunks);

    private double NegativeLogLikelihood(double[] weights, double[] gradient, int from, int to)
    {
        var places = _places;
        double loss = 0;
        for (var i = from; i < to; i++)
        {
            var (first, end) = (i * _terms, (i + 1) * _terms);
            var linear = weights[0];
            for (var place = first; place < end; place++)
                linear += weights[places[place]];

            var label = _design.Labels[_rows[i]];
            loss += Math.Max(linear, 0) - (label ? linear : 0) + Math.Log(1 + Math.Exp(-Math.Abs(linear)));
            var miss = Logistic.Probability(linear) - (label ? 1 : 0);
            gradient[0] += miss;
            for (var place = first; place < end; place++)
                gradient[places[place]] += miss;
        }

        return loss;
    }

    // the intercept (place 0) goes free
    private double Penalty(double[] weights, double[] gradient)
    {
        double penalty = 0;
        for (var i = 1; i < weights.Length; i++)
        {
            penalty += _options.Ridge * weights[i] * weights[i] / 2;
            gradient[i] += _options.Ridge * weights[i];
        }

        foreach (var (first, second) in _neighbours)
        {
            var step = weights[second] - weights[first];
            penalty += _options.Smoothness * step * step / 2;
            gradient[second] += _options.Smoothness * step;
            gradient[first] -= _options.Smoothness * step;
        }

        return penalty;
    }
}
