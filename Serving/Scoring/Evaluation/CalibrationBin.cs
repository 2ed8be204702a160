namespace Serving.Scoring.Evaluation;

/// <summary>A stretch of the sorted scores: the rate that was promised and the rate that came.</summary>
public sealed record CalibrationBin(int Count, double MeanScore, double ObservedRate);
