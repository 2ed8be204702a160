using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Models.Compiler.Artifacts;
using Models.Compiler.Graph;
using Models.Compiler.Templates;

namespace Models.Compiler.PartialParsing;

/// <summary>
/// Keeps a <see cref="ParseRecord"/> in a file: the compiler that wrote it, a digest of the rest, the lengths of its parts, where each
/// group of nodes begins; then head, nodes, texts and the texts of models.
/// </summary>
internal static class ParseRecordFile
{
    public const string Name = "partial_parse.leadline";

    private const int NodesPerGroup = 512;
    private const int Parts = 3;

    /// <summary>Another compiler's record is not read.</summary>
    private static readonly byte[] s_format = Encoding.UTF8.GetBytes($"leadline-parse-1 {typeof(ParseRecordFile).Module.ModuleVersionId:N}\n");

    /// <summary>The record, if it holds for these inputs; a missing, foreign or damaged one does not.</summary>
    public static ParseRecord? Load(string path, ParseInputs inputs)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (!bytes.AsSpan().StartsWith(s_format))
                return null;

            var start = s_format.Length + Digest.Size;
            if (Digest.Read(bytes.AsSpan(s_format.Length)) != Digest.Of(bytes.AsSpan(start)))
                return null;

            var lengths = ReadIntegers(bytes, ref start, Parts);
            var groups = ReadIntegers(bytes, ref start, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(start)) + 1)[1..];
            var nodes = start + lengths[0];
            var position = nodes + lengths[1];
            var modelTexts = position + lengths[2];
            var texts = TextTable.Read(bytes, ref position);
            var record = RecordHead.Read(new RecordReader(bytes, start, texts));
            if (!record.HoldsFor(inputs))
                return null;

            return record with { Bytes = bytes, Nodes = ReadNodes(bytes, nodes, groups, record.NodeCount, texts, modelTexts) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Writes the record unless <paramref name="record"/> is null or a value cannot be recorded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="record">What the record holds beside nodes.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="hashes">Takes the content hashes of the enabled ones by unique id.</param>
    public static void Save(string path, ParseRecord? record, IReadOnlyList<Node> nodes, Dictionary<string, Digest> hashes)
    {
        var texts = new TextTable();
        using var head = new RecordWriter(texts);
        using var body = new RecordWriter(texts);
        using var modelTexts = new TextBlob();
        var writer = new NodeWriter(body, modelTexts);
        var groups = new List<int>();
        var count = 0;
        foreach (var node in nodes)
        {
            if (!NodeWriter.IsRecorded(node))
                continue;

            if (count++ % NodesPerGroup == 0)
                groups.Add(body.Length);

            if (writer.Write(node) is { } hash && node.Config.Enabled)
                hashes[node.UniqueId] = hash;
        }

        if (record is null)
            return;

        RecordHead.Write(head, record with { NodeCount = count });
        if (head.IsComplete && body.IsComplete)
            OutputFile.Replace(path, stream => Write(stream, head, body, texts, modelTexts, groups));
    }

    private static void Write(Stream stream, RecordWriter head, RecordWriter body, TextTable texts, TextBlob modelTexts, List<int> groups)
    {
        using var content = new MemoryStream();
        using var writer = new BinaryWriter(content, Encoding.UTF8);
        using var table = new MemoryStream();
        using (var tableWriter = new BinaryWriter(table, Encoding.UTF8, leaveOpen: true))
            texts.Write(tableWriter);

        writer.Write(head.Length);
        writer.Write(body.Length);
        writer.Write((int)table.Length);
        writer.Write(groups.Count);
        foreach (var group in groups)
            writer.Write(group);

        writer.Flush();
        head.CopyTo(content);
        body.CopyTo(content);
        table.WriteTo(content);
        modelTexts.CopyTo(content);

        Span<byte> digest = stackalloc byte[Digest.Size];
        Digest.Of(content.GetBuffer().AsSpan(0, (int)content.Length)).Write(digest);
        stream.Write(s_format);
        stream.Write(digest);
        content.WriteTo(stream);
    }

    private static RecordedNode[] ReadNodes(byte[] bytes, int start, int[] groups, int count, string[] texts, int modelTexts)
    {
        var reader = new NodeReader(bytes, modelTexts, new ConcurrentDictionary<string, Template>(StringComparer.Ordinal));
        var nodes = new RecordedNode[count];
        Parallel.For(0, groups.Length, i =>
        {
            var record = new RecordReader(bytes, start + groups[i], texts);
            for (var n = i * NodesPerGroup; n < Math.Min(count, (i + 1) * NodesPerGroup); n++)
                nodes[n] = reader.Read(record);
        });
        return nodes;
    }

    private static int[] ReadIntegers(byte[] bytes, ref int position, int count)
    {
        var integers = new int[count];
        for (var i = 0; i < count; i++)
        {
            integers[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(position));
            position += sizeof(int);
        }

        return integers;
    }
}
