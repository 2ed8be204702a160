namespace Serving.Scoring.MLNet;

/// <summary>What is read back from ML.NET for a row.</summary>
internal sealed class MLNetPrediction
{
    public float Probability { get; set; }
}
