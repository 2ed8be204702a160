using Microsoft.ML;
using Microsoft.ML.Trainers;
using Serving.Scoring.Features;
using Serving.Scoring.Scorecard;

namespace Serving.Scoring.MLNet;

/// <summary>Logistic regression over bins, by ML.NET's L-BFGS.</summary>
internal sealed class LogisticRegressionLearner : MLNetLearner
{
    private const int Bins = 32;
    private const float Ridge = 1;

    public override string Name => "mlnet_logistic_regression";

    public override string Settings => FormattableString.Invariant($"{Bins} bins, L2 {Ridge}");

    protected override FeatureEncoding Encoding(FeatureSchema schema, IReadOnlyList<Example> examples) =>
        new(schema, [.. Binnings.Numbers(schema, examples, Bins), .. Binnings.Categories(schema, examples, MinimumLevel)], rawNumbers: false);

    protected override (ITransformer Transformer, IReadOnlyList<float>? Weights) Fit(MLContext context, IDataView training)
    {
        var regression = context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(MLNetRow.Label),
            FeatureColumnName = nameof(MLNetRow.Features),
            L1Regularization = 0,
            L2Regularization = Ridge,

            // more threads would add up in another order
            NumberOfThreads = 1,
        }).Fit(training);
        return (regression, regression.Model.SubModel.Weights);
    }
}
