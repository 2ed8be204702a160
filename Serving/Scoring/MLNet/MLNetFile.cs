using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Serving.Scoring.Features;
using Serving.Scoring.Scorecard;

namespace Serving.Scoring.MLNet;

/// <summary>The stored form of an ML.NET model: a line of JSON that describes the encoding, then ML.NET's own file.</summary>
internal static partial class MLNetFile
{
    private const int Version = 1;
    private const byte EndOfHeader = (byte)'\n';

    public static void Write(MLNetModel model, Stream destination)
    {
        var header = new Header(Version, model.Encoding.RawNumbers, [.. model.Encoding.Binnings.Select(StoredBinning.Of)], model.Contributions);
        JsonSerializer.Serialize(destination, header, MLNetJson.Default.Header);
        destination.WriteByte(EndOfHeader);

        // ML.NET seeks while it writes a file
        using var file = new MemoryStream();
        model.Context.Model.Save(model.Transformer, EmptyRows(model).Schema, file);
        file.Position = 0;
        file.CopyTo(destination);
    }

    /// <exception cref="InvalidDataException">Not an ML.NET model of this version and schema.</exception>
    public static MLNetModel Read(FeatureSchema schema, Stream source)
    {
        var content = new MemoryStream();
        source.CopyTo(content);
        var bytes = content.ToArray();
        try
        {
            var end = Array.IndexOf(bytes, EndOfHeader);
            var header = JsonSerializer.Deserialize(bytes.AsSpan(0, Math.Max(end, 0)), MLNetJson.Default.Header);
            if (header?.Version != Version)
                throw new InvalidDataException($"The stored ML.NET model has format {header?.Version}; this program reads format {Version}.");

            var context = new MLContext();
            var encoding = new FeatureEncoding(schema, [.. header.Binnings.Select(binning => binning.Restore(schema))], header.RawNumbers);
            if (header.Contributions is { } contributions)
            {
                StoredWeights.Check(contributions.Select(contribution => (double)contribution));
                if (contributions.Length != encoding.Length)
                    throw new InvalidDataException($"The stored ML.NET model has {contributions.Length} contributions where its bins need {encoding.Length}.");
            }

            return new MLNetModel(context, context.Model.Load(new MemoryStream(bytes, end + 1, bytes.Length - end - 1), out _), encoding, header.Contributions);
        }
        catch (Exception exception) when (exception is not InvalidDataException)
        {
            throw new InvalidDataException($"The stored ML.NET model cannot be read: {exception.Message}", exception);
        }
    }

    private static IDataView EmptyRows(MLNetModel model) =>
        model.Context.Data.LoadFromEnumerable(Array.Empty<MLNetRow>(), MLNetModel.Rows(model.Encoding));

    private sealed record Header(int Version, bool RawNumbers, StoredBinning[] Binnings, float[]? Contributions = null);

    [JsonSourceGenerationOptions(
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(Header))]
    private sealed partial class MLNetJson : JsonSerializerContext;
}
