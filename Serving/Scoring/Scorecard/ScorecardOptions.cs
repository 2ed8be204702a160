namespace Serving.Scoring.Scorecard;

/// <param name="Bins">Bins of a number on its own.</param>
/// <param name="PairBins">Bins of a number on each side of a pair's grid.</param>
/// <param name="Pairs">How many pairs of features the card may look at.</param>
/// <param name="Ridge">Pull of every weight towards 0, as the inverse variance of a prior.</param>
/// <param name="Smoothness">Pull of neighbouring bins towards each other, as the inverse variance of their difference.</param>
/// <param name="MinimumLevel">A level of a category seen less often is treated as unseen.</param>
/// <param name="Folds">Folds of the training data whose held-out scores calibrate the card.</param>
internal sealed record ScorecardOptions(
    int Bins = 32, int PairBins = 12, int Pairs = 5, double Ridge = 0.3, double Smoothness = 30, int MinimumLevel = 50, int Folds = 3);
