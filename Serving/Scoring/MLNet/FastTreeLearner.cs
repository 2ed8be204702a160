using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;
using Serving.Scoring.Scorecard;

namespace Serving.Scoring.MLNet;

/// <summary>
/// Gradient boosted trees, calibrated by Platt's line on examples they were not grown on. Training needs ML.NET's native
/// library; scoring does not. Their contributions do not add up, so they give no reasons.
/// </summary>
internal sealed class FastTreeLearner : MLNetLearner
{
    public override string Name => "mlnet_fasttree";

    protected override FeatureEncoding Encoding(FeatureSchema schema, IReadOnlyList<Example> examples) =>
        new(schema, Binnings.Categories(schema, examples, MinimumLevel), rawNumbers: true);

    protected override (ITransformer Transformer, IReadOnlyList<float>? Weights) Fit(MLContext context, IDataView training, IDataView calibration)
    {
        var trees = context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = nameof(MLNetRow.Label),
            FeatureColumnName = nameof(MLNetRow.Features),
            NumberOfTrees = 150,
            NumberOfLeaves = 8,
            MinimumExampleCountPerLeaf = 50,
            LearningRate = 0.1,

            // more threads would add up in another order
            NumberOfThreads = 1,
        }).Fit(training);
        var platt = context.BinaryClassification.Calibrators.Platt(nameof(MLNetRow.Label), "Score").Fit(trees.Transform(calibration));
        return (trees.Append(platt), null);
    }
}
