using Serving.Scoring.Calibration;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Registry;

/// <summary>Loads a stored model and tries it out: what was stored is not trusted.</summary>
internal static class ModelArtifact
{
    /// <summary>A lead of whom nothing is known, one with zeros, and one far above every bin.</summary>
    private static readonly (double Number, string? Category)[] s_probes = [(double.NaN, null), (0, ""), (1e9, "unknown")];

    /// <exception cref="InvalidDataException">It cannot be read, or gives scores that are no probabilities.</exception>
    public static IScorer Load(ILearner learner, FeatureSchema schema, byte[] artifact)
    {
        try
        {
            var scorer = LevelledFile.Read(learner, schema, artifact);
            foreach (var vector in Probes(schema))
                Check(scorer.Score(vector, reasons: int.MaxValue));
            return scorer;
        }
        catch (Exception exception) when (exception is not InvalidDataException)
        {
            throw new InvalidDataException($"its artifact cannot be used: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private static IEnumerable<FeatureVector> Probes(FeatureSchema schema) =>
        s_probes.Select(probe => new FeatureVector(
            [.. schema.Numbers.Select(_ => probe.Number)], [.. schema.Categories.Select(_ => probe.Category)]));

    private static void Check(Score score)
    {
        if (!(score.Probability is >= 0 and <= 1) || score.Reasons.Any(reason => !double.IsFinite(reason.Contribution)))
            throw new InvalidDataException(FormattableString.Invariant($"its artifact is damaged: it gives {score.Probability} as a probability"));
    }
}
