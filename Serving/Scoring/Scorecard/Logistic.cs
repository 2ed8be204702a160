namespace Serving.Scoring.Scorecard;

internal static class Logistic
{
    public static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
