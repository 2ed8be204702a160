using System.Globalization;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Scoring.Calibration;

/// <summary>A model whose scores follow the level of the week in which the prediction is made.</summary>
/// <param name="model">What a learner made.</param>
/// <param name="levels">Added to its log-odds.</param>
/// <param name="decisionTime">The name of the column with the time of the prediction, for the reasons.</param>
public sealed class LevelledScorer(IScorer model, PeriodLevels levels, string decisionTime) : IScorer
{
    // the log-odds of exactly 0 and 1 are infinite
    private const double Smallest = 1e-9;

    /// <summary>The model alone.</summary>
    public IScorer Model => model;

    public PeriodLevels Levels => levels;

    public string DecisionTime => decisionTime;

    public Score Score(FeatureVector features, int reasons = 0)
    {
        var score = model.Score(features, reasons);
        var level = levels.At(features.Decided);
        var probability = Shifted(score.Probability, level);
        if (score.Reasons.Count == 0)
            return new Score(probability, score.Reasons);

        var week = new Reason(decisionTime, $"week of {levels.WeekOf(features.Decided).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", level);
        return new Score(probability, Insert(score.Reasons, week, reasons));
    }

    /// <summary>Puts a reason in its place among those sorted by size, behind its equals.</summary>
    private static Reason[] Insert(IReadOnlyList<Reason> sorted, Reason added, int most)
    {
        var all = new Reason[Math.Min(sorted.Count + 1, most)];
        var place = 0;
        while (place < sorted.Count && Math.Abs(sorted[place].Contribution) >= Math.Abs(added.Contribution))
            place++;
        for (var i = 0; i < all.Length; i++)
            all[i] = i < place ? sorted[i] : i == place ? added : sorted[i - 1];
        return all;
    }

    public double[] Probabilities(IReadOnlyList<FeatureVector> features)
    {
        var probabilities = model.Probabilities(features);
        for (var i = 0; i < probabilities.Length; i++)
            probabilities[i] = Shifted(probabilities[i], levels.At(features[i].Decided));
        return probabilities;
    }

    public void Save(Stream destination) => LevelledFile.Write(this, destination);

    /// <summary>The log-odds of a probability.</summary>
    public static double LogOdds(double probability)
    {
        var inside = Math.Clamp(probability, Smallest, 1 - Smallest);
        return Math.Log(inside / (1 - inside));
    }

    // a level of 0 leaves the probability as it is, bit for bit
    private static double Shifted(double probability, double level) => level == 0 ? probability : 1 / (1 + Math.Exp(-LogOdds(probability) - level));
}
