using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Scoring.Scorecard;

internal sealed class ScorecardScorer(ScorecardModel model) : IScorer
{
    public Score Score(FeatureVector features, int reasons = 0)
    {
        if (reasons == 0)
            return new Score(Probability(features), []);

        var logOdds = model.Intercept;
        var contributions = new List<Reason>(model.Terms.Count);
        foreach (var term in model.Terms)
        {
            var weight = term.Weights[term.Cell(features)];
            logOdds += weight;
            contributions.Add(new Reason(term.Name, term.Describe(features), weight));
        }

        contributions.Sort((one, other) => Math.Abs(other.Contribution).CompareTo(Math.Abs(one.Contribution)));
        return new Score(Logistic.Probability(logOdds), contributions[..Math.Min(reasons, contributions.Count)]);
    }

    public double[] Probabilities(IReadOnlyList<FeatureVector> features) => [.. features.Select(Probability)];

    public void Save(Stream destination) => ScorecardFile.Write(model, destination);

    private double Probability(FeatureVector features)
    {
        var logOdds = model.Intercept;
        foreach (var term in model.Terms)
            logOdds += term.Weights[term.Cell(features)];
        return Logistic.Probability(logOdds);
    }
}
