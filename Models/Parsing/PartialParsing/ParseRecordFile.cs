using System.Collections.Concurrent;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Project.Store;

namespace Models.Parsing.PartialParsing;

/// <summary>
/// Stores a <see cref="ParseRecord"/> in the build store: a head, the offset of each group of nodes, the nodes, and the texts of models as raw bytes.
/// </summary>
internal static class ParseRecordFile
{
    private const int NodesPerGroup = 512;
    private const int Head = 0;
    private const int Groups = 1;
    private const int Nodes = 2;

    /// <summary>Loads the record if it is valid for these inputs.</summary>
    public static ParseRecord? Load(string path, ParseInputs inputs)
    {
        if (StoreFile.Open(path, typeof(ParseRecordFile)) is not { } file)
            return null;

        var record = RecordHead.Read(file.Read(Head));
        return record.HoldsFor(inputs) ? record with { Bytes = file.Bytes, Nodes = ReadNodes(file, record.NodeCount) } : null;
    }

    /// <summary>Writes the record, unless <paramref name="record"/> is null or a value cannot be stored.</summary>
    /// <param name="path">The file.</param>
    /// <param name="record">The content of the record except nodes.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="hashes">Receives the content hashes of enabled nodes by unique id.</param>
    public static void Save(string path, ParseRecord? record, IReadOnlyList<Node> nodes, Dictionary<string, Digest> hashes)
    {
        var texts = new StringTable();
        using var head = new StoreWriter(texts, takesDigests: false);
        using var groups = new StoreWriter(texts, takesDigests: false);
        using var body = new StoreWriter(texts);
        using var modelTexts = new TextBlob();
        var writer = new NodeWriter(body, modelTexts);
        var recorded = nodes.Where(NodeWriter.IsRecorded).ToList();
        groups.Number((recorded.Count + NodesPerGroup - 1) / NodesPerGroup);
        for (var i = 0; i < recorded.Count; i++)
        {
            if (i % NodesPerGroup == 0)
                groups.Number(body.Length);

            if (writer.Write(recorded[i]) is { } hash && recorded[i].Config.Enabled)
                hashes[recorded[i].UniqueId] = hash;
        }

        if (record is null)
            return;

        RecordHead.Write(head, record with { NodeCount = recorded.Count });
        if (head.IsComplete && body.IsComplete)
            StoreFile.Replace(path, typeof(ParseRecordFile), texts, [head, groups, body], modelTexts);
    }

    private static RecordedNode[] ReadNodes(StoreFile file, int count)
    {
        var reader = new NodeReader(file, new ConcurrentDictionary<string, Template>(StringComparer.Ordinal));
        var groups = file.Read(Groups).Items(r => r.Number());
        var nodes = new RecordedNode[count];
        Parallel.For(0, groups.Length, i =>
        {
            var record = file.Read(Nodes, groups[i]);
            for (var n = i * NodesPerGroup; n < Math.Min(count, (i + 1) * NodesPerGroup); n++)
                nodes[n] = reader.Read(record);
        });
        return nodes;
    }
}
