using Models.Compiler.Artifacts;
using Models.Compiler.PartialParsing;

namespace Models.Compiler.Analysis;

/// <summary>What nodes were rendered to in earlier compilations, by the digest of their SQL: unchanged ones need not be rendered again.</summary>
internal sealed class RenderCache
{
    public const string FileName = "rendered.cache";

    private const string Format = "leadline-rendered-1";

    private readonly Dictionary<string, RenderEntry> _entries;

    private RenderCache(Dictionary<string, RenderEntry> entries) => _entries = entries;

    public static RenderCache Empty => new([]);

    /// <summary>Environment variables that were read for the entries.</summary>
    public IReadOnlyList<string> EnvironmentVariables { get; private init; } = [];

    /// <summary>Reads a cache file; a missing, foreign or damaged one is empty.</summary>
    public static RenderCache Load(string path)
    {
        using var reader = SealedFile.Open(path, Format);
        if (reader is null)
            return Empty;

        var environment = new string[reader.ReadInt32()];
        for (var i = 0; i < environment.Length; i++)
            environment[i] = reader.ReadString();

        var count = reader.ReadInt32();
        var entries = new Dictionary<string, RenderEntry>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            entries[reader.ReadString()] = new RenderEntry(
                Digest.Read(reader), Digest.Read(reader), reader.ReadBoolean() ? Digest.Read(reader) : null, reader.ReadInt64(), reader.ReadInt64());
        }

        return new RenderCache(entries) { EnvironmentVariables = environment };
    }

    /// <summary>The entry of a node; null where none holds for the key.</summary>
    public RenderEntry? Find(string node, Digest key) => _entries.TryGetValue(node, out var entry) && entry.Key == key ? entry : null;

    public static void Save(string path, IEnumerable<KeyValuePair<string, RenderEntry>> entries, IReadOnlyList<string> environmentVariables) =>
        SealedFile.Replace(path, Format, writer =>
        {
            writer.Write(environmentVariables.Count);
            foreach (var name in environmentVariables)
                writer.Write(name);

            var all = entries.ToList();
            writer.Write(all.Count);
            foreach (var (node, entry) in all)
            {
                writer.Write(node);
                entry.Key.Write(writer);
                entry.Sql.Write(writer);
                writer.Write(entry.Incremental is not null);
                entry.Incremental?.Write(writer);
                writer.Write(entry.FileLength);
                writer.Write(entry.FileTime);
            }
        });
}
