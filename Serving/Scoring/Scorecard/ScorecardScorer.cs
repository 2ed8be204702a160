using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Scoring.Scorecard;

internal sealed class ScorecardScorer(ScorecardModel model) : IScorer
{
    private const int MostOnStack = 128;

    public Score Score(FeatureVector features, int reasons = 0)
    {
        if (reasons == 0)
            return new Score(Probability(features), []);

        var logOdds = model.Intercept;
        var count = model.Terms.Count;
        var weights = count <= MostOnStack ? stackalloc double[count] : new double[count];
        var order = count <= MostOnStack ? stackalloc int[count] : new int[count];
        for (var i = 0; i < weights.Length; i++)
        {
            var term = model.Terms[i];
            weights[i] = term.Weights[term.Cell(features)];
            order[i] = i;
            logOdds += weights[i];
        }

        var largest = new Reason[Math.Min(reasons, order.Length)];
        for (var place = 0; place < largest.Length; place++)
        {
            var best = place;
            for (var i = place + 1; i < order.Length; i++)
            {
                if (Math.Abs(weights[order[i]]) > Math.Abs(weights[order[best]]))
                    best = i;
            }

            (order[place], order[best]) = (order[best], order[place]);
            var term = model.Terms[order[place]];
            largest[place] = new Reason(term.Name, term.Describe(features), weights[order[place]]);
        }

        return new Score(Logistic.Probability(logOdds), largest);
    }

    public double[] Probabilities(IReadOnlyList<FeatureVector> features) => [.. features.Select(Probability)];

    public void Save(Stream destination) => ScorecardFile.Write(model, destination);

    private double Probability(FeatureVector features)
    {
        var logOdds = model.Intercept;
        for (var i = 0; i < model.Terms.Count; i++)
        {
            var term = model.Terms[i];
            logOdds += term.Weights[term.Cell(features)];
        }

        return Logistic.Probability(logOdds);
    }
}
