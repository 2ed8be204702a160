using Serving.Registry;
using Serving.Scoring.Evaluation;

namespace Serving.Api.Registry;

/// <summary>Two models side by side: each difference is the second less the first.</summary>
/// <param name="SameTestSet">Whether both were measured on as many examples; the differences say little otherwise.</param>
internal sealed record ModelComparison(
    int First, int Second, bool SameTestSet, MetricDifference? Test, MetricDifference? Later, IReadOnlyList<string> OnlyFirst, IReadOnlyList<string> OnlySecond)
{
    public static ModelComparison Of(RegisteredModel first, RegisteredModel second)
    {
        string[] ours = [.. first.Features.Select(feature => feature.Name)], theirs = [.. second.Features.Select(feature => feature.Name)];
        return new ModelComparison(
            first.Version, second.Version, first.Metrics?.Count == second.Metrics?.Count,
            MetricDifference.Of(first.Metrics, second.Metrics), MetricDifference.Of(first.Evaluation?.Later, second.Evaluation?.Later),
            [.. ours.Except(theirs)], [.. theirs.Except(ours)]);
    }
}

internal sealed record MetricDifference(double Auc, double PrAuc, double LogLoss, double Brier, double Ece)
{
    public static MetricDifference? Of(Metrics? first, Metrics? second) => first is null || second is null
        ? null
        : new(second.Auc - first.Auc, second.PrAuc - first.PrAuc, second.LogLoss - first.LogLoss, second.Brier - first.Brier, second.Ece - first.Ece);
}
