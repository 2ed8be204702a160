using Models.Project.Store;

namespace Models.Analysis;

/// <summary>The digests of rendered SQL from earlier compilations, so that unchanged nodes need not be rendered again.</summary>
internal sealed class RenderCache
{
    private readonly Dictionary<string, RenderEntry> _entries;

    private RenderCache(Dictionary<string, RenderEntry> entries) => _entries = entries;

    public static RenderCache Empty => new([]);

    /// <summary>Environment variables that templates read.</summary>
    public IReadOnlyList<string> EnvironmentVariables { get; private init; } = [];

    /// <summary>Reads a cache file; returns an empty cache if the file is missing, damaged or written by another compiler.</summary>
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

    /// <summary>The entry of a node; null if there is none for the key.</summary>
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
