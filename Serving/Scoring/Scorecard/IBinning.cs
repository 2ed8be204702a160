using Serving.Scoring.Features;

namespace Serving.Scoring.Scorecard;

/// <summary>Cuts one feature into bins; bin 0 holds the missing values.</summary>
internal interface IBinning
{
    string Feature { get; }

    int Count { get; }

    /// <summary>The first of the bins that stand in an order, next to each other; <see cref="Count"/> where there is no order.</summary>
    int FirstOrdered { get; }

    int Bin(FeatureVector features);

    /// <summary>The value as a reader should see it in a reason.</summary>
    string Describe(FeatureVector features);
}
