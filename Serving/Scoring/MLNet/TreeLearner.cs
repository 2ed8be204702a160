using Serving.Scoring.Features;
using Serving.Scoring.Scorecard;

namespace Serving.Scoring.MLNet;

/// <summary>Boosted trees: numbers as they are, a place for each level of a category. Their contributions do not add up, so they give no reasons.</summary>
internal abstract class TreeLearner : MLNetLearner
{
    protected const int Trees = 150;
    protected const int Leaves = 8;
    protected const int MinimumExamplesPerLeaf = 50;
    protected const double LearningRate = 0.1;

    public override string Settings => FormattableString.Invariant($"{Trees} trees, {Leaves} leaves of {MinimumExamplesPerLeaf}, rate {LearningRate}");

    protected override FeatureEncoding Encoding(FeatureSchema schema, IReadOnlyList<Example> examples) =>
        new(schema, Binnings.Categories(schema, examples, MinimumLevel), rawNumbers: true);
}
