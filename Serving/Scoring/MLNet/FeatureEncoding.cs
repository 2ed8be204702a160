using Serving.Scoring.Features;
using Serving.Scoring.Scorecard;

namespace Serving.Scoring.MLNet;

/// <summary>
/// Turns a vector into the floats an ML.NET trainer reads: where <paramref name="rawNumbers"/>, each number and whether it is
/// missing, and after them one place for each bin, 1 in the bin the value falls in.
/// </summary>
internal sealed class FeatureEncoding(FeatureSchema schema, IReadOnlyList<IBinning> binnings, bool rawNumbers)
{
    public bool RawNumbers => rawNumbers;

    public IReadOnlyList<IBinning> Binnings => binnings;

    public int Length { get; } = (rawNumbers ? 2 * schema.Numbers.Count : 0) + binnings.Sum(binning => binning.Count);

    public float[] Encode(FeatureVector features)
    {
        var encoded = new float[Length];
        var place = 0;
        if (rawNumbers)
        {
            foreach (var number in features.Numbers)
            {
                var missing = double.IsNaN(number);
                encoded[place++] = missing ? 0 : (float)number;
                encoded[place++] = missing ? 1 : 0;
            }
        }

        foreach (var binning in binnings)
        {
            encoded[place + binning.Bin(features)] = 1;
            place += binning.Count;
        }

        return encoded;
    }
}
