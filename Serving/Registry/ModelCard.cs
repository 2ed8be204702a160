using System.Globalization;
using System.Text;
using Serving.Scoring.Features;
using Serving.Scoring.Evaluation;

namespace Serving.Registry;

/// <summary>Describes a model for people, in Markdown (M. Mitchell, Model cards for model reporting, 2019).</summary>
public static class ModelCard
{
    public static string Write(RegisteredModel model, PredictionDeclaration declaration)
    {
        var card = new StringBuilder();
        Line(card, $"# {declaration.Name}, model {model.Version}");
        Line(card, $"");
        Line(card, $"{OneLine(declaration.Description)}");
        Line(card, $"");
        Line(card, $"| | |");
        Line(card, $"|---|---|");
        Line(card, $"| learner | {model.Learner}: {OneLine(model.Parameters)} |");
        Line(card, $"| status | {model.Status.ToString().ToLowerInvariant()}: {OneLine(model.Verdict)} |");
        Line(card, $"| trained | {model.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC |");
        Line(card, $"| label | {declaration.Label.Name}{(declaration.LabelWindowDays is { } days ? $", within {days} days" : "")} |");
        Line(card, $"| artifact | sha256 {model.Sha256} |");
        Line(card, $"| training | {model.TrainingFingerprint} |");
        Measured(card, model);
        Inputs(card, model, declaration);
        return card.ToString();
    }

    private static void Measured(StringBuilder card, RegisteredModel model)
    {
        Line(card, $"");
        Line(card, $"## Measured");
        Line(card, $"");
        Line(card, $"| on | examples | rate | AUC | PR-AUC | log loss | Brier score | calibration error | by chance |");
        Line(card, $"|---|---|---|---|---|---|---|---|---|");
        Row(card, "the final test set", model.Metrics);
        Row(card, "the validation keys", model.Evaluation?.Validation);
        Row(card, $"what came after {model.Evaluation?.LaterFrom:yyyy-MM-dd}, trained on what was before", model.Evaluation?.Later);
        Row(card, "the same, final test set", model.Evaluation?.LaterTest);
        if (model.Evaluation?.Slices is not { Count: > 0 } slices)
            return;
        Line(card, $"");
        Line(card, $"| slice of the validation keys | examples | rate | mean score | log loss |");
        Line(card, $"|---|---|---|---|---|");
        foreach (var slice in slices)
            Line(card, $"| {slice.Feature} {OneLine(slice.Value)} | {slice.Count} | {slice.Rate:0.000} | {slice.MeanScore:0.000} | {slice.LogLoss:0.0000} |");
    }

    private static void Inputs(StringBuilder card, RegisteredModel model, PredictionDeclaration declaration)
    {
        Line(card, $"");
        Line(card, $"## Inputs");
        Line(card, $"");
        Line(card, $"| feature | type | in training |");
        Line(card, $"|---|---|---|");
        foreach (var feature in model.Features)
        {
            var seen = feature.Minimum is null
                ? string.Create(CultureInfo.InvariantCulture, $"{feature.Levels.Count} levels")
                : string.Create(CultureInfo.InvariantCulture, $"{feature.Minimum:0.###} to {feature.Maximum:0.###}");
            Line(card, $"| {feature.Name} | {feature.Type} | {100 * feature.Missing:0.#} % missing, {seen} |");
        }

        Line(card, $"");
        Line(card, $"Left out:");
        Line(card, $"");
        foreach (var excluded in declaration.Excluded)
            Line(card, $"- {excluded.Name}: {OneLine(excluded.Reason)}");
    }

    private static void Row(StringBuilder card, string on, Metrics? measured)
    {
        if (measured is not { } one)
            return;
        double[] values = [one.Positives / (double)one.Count, one.Auc, one.PrAuc, one.LogLoss, one.Brier, one.Ece, one.EceOfChance];
        var cells = string.Join(" | ", values.Select(value => value.ToString("0.0000", CultureInfo.InvariantCulture)));
        Line(card, $"| {on} | {one.Count} | {cells} |");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Trim();

    private static void Line(StringBuilder card, FormattableString text) => card.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
