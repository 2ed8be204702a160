using Serving.Scoring.Features;
using Serving.Scoring.Learning;
using Serving.Training.Configuration;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Serving.Training.Extraction;

/// <summary>
/// SHA-256 over everything a training depends on: examples, features, learners and seed. Where it is the same as before,
/// training again would give the same model.
/// </summary>
public static class TrainingFingerprint
{
    public static string Of(FeatureSchema schema, IReadOnlyList<Example> examples, IReadOnlyList<ILearner> learners, TrainingOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, schema.Fingerprint);
        foreach (var learner in learners)
            Append(hash, learner.Name);
        Append(hash, options.Seed);
        foreach (var example in examples)
        {
            Append(hash, example.Key);
            Append(hash, example.Label ? 1 : 0);
            foreach (var number in example.Features.Numbers)
                Append(hash, BitConverter.DoubleToInt64Bits(number));
            foreach (var category in example.Features.Categories)
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
