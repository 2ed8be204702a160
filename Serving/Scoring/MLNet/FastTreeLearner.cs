using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Serving.Scoring.MLNet;

/// <summary>Gradient boosted trees. Training needs ML.NET's native library; scoring does not.</summary>
internal sealed class FastTreeLearner : TreeLearner
{
    public override string Name => "mlnet_fasttree";

    protected override (ITransformer Transformer, IReadOnlyList<float>? Weights) Fit(MLContext context, IDataView training)
    {
        var trees = context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = nameof(MLNetRow.Label),
            FeatureColumnName = nameof(MLNetRow.Features),
            NumberOfTrees = Trees,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = MinimumExamplesPerLeaf,
            LearningRate = LearningRate,

            // more threads would add up in another order
            NumberOfThreads = 1,
        });
        return (trees.Fit(training), null);
    }
}
