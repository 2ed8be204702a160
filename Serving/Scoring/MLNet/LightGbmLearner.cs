using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;

namespace Serving.Scoring.MLNet;

/// <summary>LightGBM: boosted trees grown leaf by leaf over histograms. Training needs LightGBM's native library; scoring does not.</summary>
internal sealed class LightGbmLearner : TreeLearner
{
    public override string Name => "mlnet_lightgbm";

    protected override (ITransformer Transformer, IReadOnlyList<float>? Weights) Fit(MLContext context, IDataView training)
    {
        var trees = context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            LabelColumnName = nameof(MLNetRow.Label),
            FeatureColumnName = nameof(MLNetRow.Features),
            NumberOfIterations = Trees,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = MinimumExamplesPerLeaf,
            LearningRate = LearningRate,
            Silent = true,

            // more threads would add up in another order
            NumberOfThreads = 1,
        });
        return (trees.Fit(training), null);
    }
}
