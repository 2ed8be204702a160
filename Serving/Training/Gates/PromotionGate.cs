using Serving.Registry;
using Serving.Scoring.Evaluation;
using Serving.Training.Configuration;
using System.Globalization;

namespace Serving.Training.Gates;

/// <summary>Whether a candidate becomes champion: good enough in itself, and no worse than the present one on the same held-out examples.</summary>
public static class PromotionGate
{
    /// <param name="champion">The present champion's metrics on the same held-out examples; null where there is none that can be used.</param>
    public static (ModelStatus Status, string Verdict) Judge(Metrics candidate, Metrics? champion, TrainingOptions options)
    {
        // an AUC that is not a number passes no comparison
        if (!(candidate.Auc >= options.MinimumAuc))
            return (ModelStatus.Rejected, Text($"AUC {candidate.Auc:0.0000} is below the minimum of {options.MinimumAuc:0.0000}"));
        if (champion is null)
            return (ModelStatus.Champion, Text($"AUC {candidate.Auc:0.0000}, the first that passes"));
        return candidate.Auc >= champion.Auc
            ? (ModelStatus.Champion, Text($"AUC {candidate.Auc:0.0000}, the champion before it {champion.Auc:0.0000}"))
            : (ModelStatus.Rejected, Text($"AUC {candidate.Auc:0.0000} is below the champion's {champion.Auc:0.0000}"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
