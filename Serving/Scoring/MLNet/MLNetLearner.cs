using Microsoft.ML;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Scoring.MLNet;

/// <summary>What ML.NET's learners have in common: context, encoding, and Platt calibration on examples they were not trained on.</summary>
internal abstract class MLNetLearner : ILearner
{
    // one example in so many calibrates and is not trained on
    private const int CalibrationParts = 5;

    // a level of a category seen less often is treated as unseen
    protected const int MinimumLevel = 50;

    public abstract string Name { get; }

    public abstract string Settings { get; }

    public IScorer Train(FeatureSchema schema, IReadOnlyList<Example> examples, LearningOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var encoding = Encoding(schema, examples);
        var context = new MLContext(options.Seed);
        var sides = examples.ToLookup(example => Split.PartOf(example.Key, CalibrationParts, options.Seed + 1) == 0);
        try
        {
            var (transformer, weights) = Fit(context, Load(context, encoding, sides[false]));
            cancellationToken.ThrowIfCancellationRequested();
            var platt = context.BinaryClassification.Calibrators.Platt(nameof(MLNetRow.Label), "Score")
                .Fit(transformer.Transform(Load(context, encoding, sides[true])));
            return new MLNetScorer(new MLNetModel(
                context, transformer.Append(platt), encoding, weights is null ? null : Centred(weights, encoding, examples)));
        }
        catch (Exception exception) when (exception.GetBaseException() is InvalidOperationException or ArgumentException or DllNotFoundException)
        {
            throw new LearningException(FirstSentence(exception.GetBaseException().Message), exception);
        }
    }

    public IScorer Load(FeatureSchema schema, Stream source) => new MLNetScorer(MLNetFile.Read(schema, source));

    protected abstract FeatureEncoding Encoding(FeatureSchema schema, IReadOnlyList<Example> examples);

    /// <returns>The fitted trainer, which outputs Score, and the weight of each place where the model is a weighted sum.</returns>
    protected abstract (ITransformer Transformer, IReadOnlyList<float>? Weights) Fit(MLContext context, IDataView training);

    // what follows is advice on how to debug, over many lines
    private static string FirstSentence(string message) =>
        message.ReplaceLineEndings(" ") is var line && line.IndexOf(". ", StringComparison.Ordinal) is var end and > 0 ? line[..(end + 1)] : line;

    private static IDataView Load(MLContext context, FeatureEncoding encoding, IEnumerable<Example> examples)
    {
        MLNetRow[] rows = [.. examples.Select(example => new MLNetRow { Features = encoding.Encode(example.Features), Label = example.Label })];
        return context.Data.LoadFromEnumerable(rows, MLNetModel.Rows(encoding));
    }

    /// <summary>Moves the weights of each feature so that their mean over the examples is 0.</summary>
    private static float[] Centred(IReadOnlyList<float> weights, FeatureEncoding encoding, IReadOnlyList<Example> examples)
    {
        var centred = new float[weights.Count];
        var start = 0;
        foreach (var binning in encoding.Binnings)
        {
            var first = start;
            var mean = examples.Average(example => (double)weights[first + binning.Bin(example.Features)]);
            for (var bin = 0; bin < binning.Count; bin++)
                centred[start + bin] = (float)(weights[start + bin] - mean);
            start += binning.Count;
        }

        return centred;
    }
}
