using Microsoft.ML.Data;
using Serving.Scoring.Features;
using Serving.Scoring.Scorecard;

namespace Serving.Scoring.MLNet;

/// <summary>
/// Turns a vector into the floats an ML.NET trainer reads: where <paramref name="rawNumbers"/>, each number and whether it is
/// missing, and after them one place for each bin, 1 in the bin the value falls in.
/// </summary>
internal sealed class FeatureEncoding(FeatureSchema schema, IReadOnlyList<IBinning> binnings, bool rawNumbers)
{
    private readonly float[] _ones = [.. Enumerable.Repeat(1f, binnings.Count)];

    public bool RawNumbers => rawNumbers;

    public IReadOnlyList<IBinning> Binnings => binnings;

    public int Length { get; } = (rawNumbers ? 2 * schema.Numbers.Count : 0) + binnings.Sum(binning => binning.Count);

    public VBuffer<float> Encode(FeatureVector features) => rawNumbers ? Dense(features) : Sparse(features);

    private VBuffer<float> Dense(FeatureVector features)
    {
        var encoded = new float[Length];
        var place = 0;
        foreach (var number in features.Numbers)
        {
            var missing = double.IsNaN(number);
            encoded[place++] = missing ? 0 : (float)number;
            encoded[place++] = missing ? 1 : 0;
        }

        foreach (var binning in binnings)
        {
            encoded[place + binning.Bin(features)] = 1;
            place += binning.Count;
        }

        return new VBuffer<float>(Length, encoded);
    }

    /// <summary>A few hundred places, of which as many are 1 as there are features.</summary>
    private VBuffer<float> Sparse(FeatureVector features)
    {
        var places = new int[binnings.Count];
        var start = 0;
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = start + binnings[i].Bin(features);
            start += binnings[i].Count;
        }

        return new VBuffer<float>(Length, places.Length, _ones, places);
    }
}
