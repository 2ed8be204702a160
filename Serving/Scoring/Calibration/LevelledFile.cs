using System.Text.Json;
using System.Text.Json.Serialization;
using Serving.Scoring.Features;
using Serving.Scoring.Learning;

namespace Serving.Scoring.Calibration;

/// <summary>The stored form of a model: where it has levels, a line of JSON with them first; then what its learner wrote.</summary>
public static partial class LevelledFile
{
    private const byte EndOfHeader = (byte)'\n';

    // beyond it a probability would be 0 or 1 whatever the model says
    private const double LargestLevel = 20;

    private static ReadOnlySpan<byte> Mark => "{\"Levels\":"u8;

    internal static void Write(LevelledScorer scorer, Stream destination)
    {
        var header = new Header(new StoredLevels(scorer.DecisionTime, scorer.Levels.Start, [.. scorer.Levels.Offsets]));
        JsonSerializer.Serialize(destination, header, LevelledJson.Default.Header);
        destination.WriteByte(EndOfHeader);
        scorer.Model.Save(destination);
    }

    /// <exception cref="InvalidDataException">Not a model of this learner, or its levels are damaged.</exception>
    public static IScorer Read(ILearner learner, FeatureSchema schema, byte[] content)
    {
        if (!content.AsSpan().StartsWith(Mark))
            return learner.Load(schema, new MemoryStream(content));

        var end = Array.IndexOf(content, EndOfHeader);
        var levels = Levels(content.AsSpan(0, Math.Max(end, 0)));
        var model = learner.Load(schema, new MemoryStream(content, end + 1, content.Length - end - 1));
        return new LevelledScorer(model, new PeriodLevels(levels.Start, levels.Offsets), levels.Column);
    }

    private static StoredLevels Levels(ReadOnlySpan<byte> header)
    {
        try
        {
            var levels = JsonSerializer.Deserialize(header, LevelledJson.Default.Header)!.Levels;
            // false for NaN too
            return levels.Offsets.Length > 0 && levels.Offsets.All(offset => Math.Abs(offset) <= LargestLevel)
                ? levels
                : throw new InvalidDataException("The stored model has a level that cannot be one.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The levels of the stored model cannot be read: {exception.Message}", exception);
        }
    }

    private sealed record Header(StoredLevels Levels);

    private sealed record StoredLevels(string Column, DateTime Start, double[] Offsets);

    [JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(Header))]
    private sealed partial class LevelledJson : JsonSerializerContext;
}
