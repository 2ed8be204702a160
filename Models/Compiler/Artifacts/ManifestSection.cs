using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Models.Compiler.Artifacts;

/// <summary>One of a manifest's objects, for example <c>nodes</c>, which large projects fill with many entries.</summary>
internal sealed record ManifestSection(string Name, IReadOnlyList<Action<ManifestNodes>> Chunks, Func<Utf8JsonWriter, ManifestNodes> NewWriter)
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The section's entries in order, some at a time and without the braces around them; several threads write them.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Render() =>
        Chunks.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(Render);

    private ReadOnlyMemory<byte> Render(Action<ManifestNodes> chunk)
    {
        var buffer = new ArrayBufferWriter<byte>(65536);
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            chunk(NewWriter(json));
            json.WriteEndObject();
        }

        return buffer.WrittenMemory[1..^1];
    }
}
