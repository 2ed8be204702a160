using Microsoft.ML.Data;

namespace Serving.Scoring.MLNet;

/// <summary>An example as ML.NET takes it. The length of <see cref="Features"/> is set in the schema at run time.</summary>
internal sealed class MLNetRow
{
    public VBuffer<float> Features { get; set; }

    public bool Label { get; set; }
}
