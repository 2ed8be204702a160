using System.Globalization;
using Serving.Scoring.Evaluation;
using Serving.Scoring.Features;
using Serving.Training.Configuration;

namespace Serving.Training.Gates;

/// <summary>
/// Whether a candidate becomes champion: good and calibrated in itself, for certain better than the present champion on the validation examples, and
/// no worse than it for any slice. What decides is the log loss, because the product is a probability.
/// </summary>
public static class PromotionGate
{
    /// <param name="report">What was measured of the candidate.</param>
    /// <param name="scores">The candidate's scores of the validation examples.</param>
    /// <param name="champion">The present champion's scores of the same examples; null where there is none that can be used.</param>
    /// <param name="slices">The places of the validation examples of each slice.</param>
    public static (bool Passes, string Verdict) Judge(
        EvaluationReport report,
        double[] scores,
        double[]? champion,
        IReadOnlyList<Example> validation,
        IReadOnlyList<(string Name, int[] Places)> slices,
        TrainingOptions options)
    {
        var decisive = report.Later ?? report.Validation;
        var start = Text($"AUC {decisive.Auc:0.0000}");
        // an AUC that is not a number passes no comparison
        if (!(decisive.Auc >= options.MinimumAuc))
            return (false, Text($"{start} is below the minimum of {options.MinimumAuc:0.0000}"));

        start = Text($"{start}, log loss {decisive.LogLoss:0.0000}, calibration error {decisive.Ece:0.0000}");
        // with few examples chance alone may give half as much again
        var allowed = options.MaximumCalibrationError + 2 * decisive.EceOfChance;
        if (!(decisive.Ece <= allowed))
        {
            return (false, Text(
                $"{start}, which is above the allowed {options.MaximumCalibrationError:0.0000} and twice the {decisive.EceOfChance:0.0000} of chance"));
        }

        if (champion is null)
            return (true, $"{start}, the first that passes");

        bool[] labels = [.. validation.Select(example => example.Label)];
        var gain = PairedBootstrap.OfLogLoss(champion, scores, labels);
        var interval = Text($"{gain.Mean:+0.0000;-0.0000} (95 % from {gain.Low:+0.0000;-0.0000} to {gain.High:+0.0000;-0.0000})");
        if (!(gain.Low > 0))
            return (false, $"{start}; its log loss on the validation examples is not certainly below the champion's: the gain is {interval}");
        if (WorseSlice(scores, champion, labels, slices, options) is { } worse)
            return (false, $"{start}; better than the champion by {interval}, but worse for {worse}");
        return (true, $"{start}; better than the champion by {interval} of log loss");
    }

    private static string? WorseSlice(
        double[] scores, double[] champion, bool[] labels, IReadOnlyList<(string Name, int[] Places)> slices, TrainingOptions options)
    {
        foreach (var (name, places) in slices.Where(slice => slice.Places.Length >= options.MinimumPerSlice))
        {
            var gain = PairedBootstrap.OfLogLoss(
                [.. places.Select(i => champion[i])], [.. places.Select(i => scores[i])], [.. places.Select(i => labels[i])]);
            if (gain.High < -options.SliceTolerance)
                return Text($"{name}: {gain.Mean:+0.0000;-0.0000} of log loss (95 % from {gain.Low:+0.0000;-0.0000} to {gain.High:+0.0000;-0.0000})");
        }

        return null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
