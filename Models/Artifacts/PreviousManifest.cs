using System.Text.Json;

namespace Models.Artifacts;

/// <summary>The columns and their readers in an earlier manifest.json.</summary>
internal sealed class PreviousManifest
{
    private readonly Dictionary<(string Node, string Column), SortedSet<string>> _columnReaders = [];
    private readonly Dictionary<string, SortedSet<string>> _nodeReaders = new(StringComparer.Ordinal);

    public Dictionary<string, PreviousNode> Nodes { get; } = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">The file is not JSON.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PreviousManifest Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var document = JsonDocument.Parse(stream);
        var manifest = new PreviousManifest();
        foreach (var group in new[] { "nodes", "exposures" })
        {
            if (document.RootElement.TryGetProperty(group, out var nodes) && nodes.ValueKind == JsonValueKind.Object)
            {
                foreach (var node in nodes.EnumerateObject())
                    manifest.Add(node.Name, node.Value);
            }
        }

        return manifest;
    }

    /// <summary>The nodes that read a column, or that read the node if column lineage is unknown.</summary>
    public IReadOnlyCollection<string> Readers(string node, string column) =>
        [.. _columnReaders.GetValueOrDefault((node, column), []).Union(_nodeReaders.GetValueOrDefault(node, [])).Order(StringComparer.Ordinal)];

    public IReadOnlyCollection<string> Readers(string node) =>
        [.. _columnReaders.Where(r => r.Key.Node == node)
            .SelectMany(r => r.Value).Union(_nodeReaders.GetValueOrDefault(node, [])).Distinct().Order(StringComparer.Ordinal)];

    private void Add(string id, JsonElement node)
    {
        var type = Text(node, "resource_type");
        if (type is "model" or "seed" or "snapshot")
        {
            var columns = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var column in Properties(node, "columns"))
            {
                columns[column.Name] = Own(column.Value) is { } known ? Text(known, "type") : null;
                AddLineage(id, column.Value, "lineage");
            }

            var isContracted = node.TryGetProperty("contract", out var contract) && contract.TryGetProperty("enforced", out var enforced)
                && enforced.ValueKind == JsonValueKind.True;
            Nodes[id] = new PreviousNode(isContracted, columns);
            AddLineage(id, node, "keys");
        }
        else if (type == "exposure" && node.TryGetProperty("depends_on", out var depends) && depends.TryGetProperty("nodes", out var parents))
        {
            foreach (var parent in parents.EnumerateArray())
                AddReader(_nodeReaders, parent.GetString()!, id);
        }
    }

    private void AddLineage(string reader, JsonElement element, string name)
    {
        if (Own(element) is not { } own || !own.TryGetProperty(name, out var sources) || sources.ValueKind != JsonValueKind.Array)
            return;

        foreach (var source in sources.EnumerateArray())
            AddReader(_columnReaders, (Text(source, "node") ?? "", Text(source, "column") ?? ""), reader);
    }

    private static JsonElement? Own(JsonElement element) =>
        element.TryGetProperty("meta", out var meta) && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("leadline", out var own) && own.ValueKind == JsonValueKind.Object ? own : null;

    private static void AddReader<TKey>(Dictionary<TKey, SortedSet<string>> readers, TKey key, string reader)
        where TKey : notnull
    {
        if (!readers.TryGetValue(key, out var set))
            readers[key] = set = new SortedSet<string>(StringComparer.Ordinal);

        set.Add(reader);
    }

    private static IEnumerable<JsonProperty> Properties(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : [];

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A relation of an earlier manifest, with the column types known then.</summary>
internal sealed record PreviousNode(bool IsContracted, IReadOnlyDictionary<string, string?> Columns);
