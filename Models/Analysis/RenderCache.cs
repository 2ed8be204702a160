using Models.Project.Store;

namespace Models.Analysis;

/// <summary>What nodes were rendered to in earlier compilations, by the digest of their SQL: unchanged ones need not be rendered again.</summary>
internal sealed class RenderCache
{
    private readonly Dictionary<string, RenderEntry> _entries;

    private RenderCache(Dictionary<string, RenderEntry> entries) => _entries = entries;

    public static RenderCache Empty => new([]);

    /// <summary>Environment variables that were read for the entries.</summary>
    public IReadOnlyList<string> EnvironmentVariables { get; private init; } = [];

    /// <summary>Reads a cache file; a missing, foreign or damaged one is empty.</summary>
    public static RenderCache Load(string path)
    {
        if (StoreFile.Open(path, typeof(RenderCache)) is not { } file)
            return Empty;

        var record = file.Read(0);
        var environment = record.Texts();
        var count = record.Number();
        var entries = new Dictionary<string, RenderEntry>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            entries[record.Text()] = new RenderEntry(record.Digest(), record.Digest(), record.OptionalDigest(), record.Long(), record.Long());

        return new RenderCache(entries) { EnvironmentVariables = environment };
    }

    /// <summary>The entry of a node; null where none holds for the key.</summary>
    public RenderEntry? Find(string node, Digest key) => _entries.TryGetValue(node, out var entry) && entry.Key == key ? entry : null;

    public static void Save(string path, IReadOnlyCollection<KeyValuePair<string, RenderEntry>> entries, IReadOnlyList<string> environmentVariables) =>
        StoreFile.Replace(path, typeof(RenderCache), record =>
        {
            record.Texts(environmentVariables);
            record.Number(entries.Count);
            foreach (var (node, entry) in entries)
            {
                record.Text(node);
                record.Digest(entry.Key);
                record.Digest(entry.Sql);
                record.OptionalDigest(entry.Incremental);
                record.Long(entry.FileLength);
                record.Long(entry.FileTime);
            }
        });
}
