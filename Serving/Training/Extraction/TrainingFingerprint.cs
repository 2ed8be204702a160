using Serving.Scoring.Features;
using Serving.Scoring.Learning;
using Serving.Training.Configuration;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Serving.Training.Extraction;

/// <summary>
/// SHA-256 over everything a training depends on: observations, features, learners and their hyper-parameters, the settings of the gates, and the
/// code that learns. Where it is the same as before, training again would give the same model. The seed is left out: another seed alone is no reason
/// to train, or to replace a champion.
/// </summary>
public static class TrainingFingerprint
{
    // the same sources give the same identity
    private static readonly string s_code = string.Join(
        ',', new[] { typeof(ILearner), typeof(TrainingFingerprint) }.Select(type => type.Module.ModuleVersionId.ToString()));

    public static string Of(FeatureSchema schema, IReadOnlyList<Observation> observations, IReadOnlyList<ILearner> learners, TrainingOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, schema.Fingerprint);
        Append(hash, s_code);
        foreach (var learner in learners)
        {
            Append(hash, learner.Name);
            Append(hash, learner.Settings);
        }

        foreach (var setting in (ReadOnlySpan<double>)
            [options.MinimumAuc, options.MaximumCalibrationError, options.LaterShare, options.SliceTolerance, options.MinimumPerSlice])
            Append(hash, BitConverter.DoubleToInt64Bits(setting));
        foreach (var one in observations)
        {
            Append(hash, one.Key);
            Append(hash, one.Label ? 1 : 0);
            Append(hash, one.Features.Decided?.Ticks ?? -1);
            Append(hash, one.Outcome?.Ticks ?? -1);
            foreach (var number in one.Features.Numbers)
                Append(hash, BitConverter.DoubleToInt64Bits(number));
            foreach (var category in one.Features.Categories)
                Append(hash, category);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }

    // the length first, so that neighbouring texts cannot run into each other
    private static void Append(IncrementalHash hash, string? text)
    {
        Append(hash, text?.Length ?? -1);
        if (text is not null)
            hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
