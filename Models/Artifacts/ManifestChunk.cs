using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Artifacts;

/// <summary>Some entries of a section, which are written together.</summary>
/// <param name="Entries">The actions that write one entry each.</param>
/// <param name="Nodes">The nodes of the entries, with which they are found in the previous manifest; empty if they are not nodes.</param>
/// <param name="NewWriter">Creates a writer of entries.</param>
internal sealed record ManifestChunk(IReadOnlyList<Action<ManifestNodes>> Entries, IReadOnlyList<Node> Nodes, Func<Utf8JsonWriter, ManifestNodes> NewWriter)
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the entries in order; each node's entry is one part, other entries together are one part.</summary>
    public IReadOnlyList<ManifestPart> Render(ManifestKeys? keys, ManifestIndex? earlier)
    {
        var parts = new ManifestPart[Entries.Count];
        var digest = new DigestBuilder();
        var writing = new List<int>(Entries.Count);
        for (var i = 0; i < parts.Length; i++)
        {
            var key = Nodes.Count > 0 ? keys?.Of(Nodes[i], digest) : null;
            if (key is { } known && earlier?.Find(known) is { } copied)
            {
                parts[i] = copied;
                continue;
            }

            parts[i] = new ManifestPart { Key = key };
            writing.Add(i);
        }

        if (writing.Count == 0)
            return parts;

        var buffer = new ArrayBufferWriter<byte>(Math.Min(writing.Count, 32) * 2048);
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.Flush();
            var first = buffer.WrittenCount;
            var writer = NewWriter(json);
            foreach (var i in writing)
            {
                // the writer puts a comma before each entry except its first
                var start = buffer.WrittenCount == first ? first : buffer.WrittenCount + 1;
                Entries[i](writer);
                json.Flush();
                parts[i] = parts[i] with { Start = start, Length = buffer.WrittenCount - start };
            }
        }

        // skip the opening brace, which the section writes
        var bytes = buffer.WrittenMemory;
        if (Nodes.Count == 0)
            return [Written(null, bytes[1..])];

        foreach (var i in writing)
            parts[i] = Written(parts[i].Key, bytes.Slice(parts[i].Start, parts[i].Length));

        return parts;
    }

    private static ManifestPart Written(Digest? key, ReadOnlyMemory<byte> bytes) =>
        new() { Key = key, Content = Digest.Of(bytes.Span), Bytes = bytes, Length = bytes.Length };
}
