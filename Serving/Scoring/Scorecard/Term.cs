using Serving.Scoring.Features;

namespace Serving.Scoring.Scorecard;

/// <summary>
/// One part of the sum that makes a score: the weights of a feature's bins, or of the cells of two features' grid (row by row).
/// </summary>
internal sealed record Term(IBinning Row, IBinning? Column, double[] Weights)
{
    public string Name { get; } = Column is null ? Row.Feature : $"{Row.Feature} x {Column.Feature}";

    public static int Cells(IBinning row, IBinning? column) => row.Count * (column?.Count ?? 1);

    public int Cell(FeatureVector features) =>
        Column is null ? Row.Bin(features) : Row.Bin(features) * Column.Count + Column.Bin(features);

    public string Describe(FeatureVector features) =>
        Column is null ? Row.Describe(features) : $"{Row.Describe(features)} x {Column.Describe(features)}";
}
