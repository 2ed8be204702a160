using System.Text;
using Models.Compiler.Artifacts;
using Models.Compiler.PartialParsing;

namespace Models.Compiler.Analysis;

/// <summary>What nodes were rendered to in earlier compilations, by the digest of their SQL: unchanged ones need not be rendered again.</summary>
internal sealed class RenderCache
{
    public const string FileName = "rendered.cache";

    /// <summary>Another compiler's cache is not read.</summary>
    private static readonly string s_format = $"leadline-rendered-1 {typeof(RenderCache).Module.ModuleVersionId:N}";

    private readonly Dictionary<string, RenderEntry> _entries;

    private RenderCache(Dictionary<string, RenderEntry> entries) => _entries = entries;

    public static RenderCache Empty => new([]);

    /// <summary>Environment variables that were read for the entries.</summary>
    public IReadOnlyList<string> EnvironmentVariables { get; private init; } = [];

    /// <summary>Reads a cache file; a missing, foreign or damaged one is empty.</summary>
    public static RenderCache Load(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            if (bytes.Length < Digest.Size || reader.ReadString() != s_format || Digest.Read(bytes.AsSpan(bytes.Length - Digest.Size)) != Digest.Of(bytes.AsSpan(0, bytes.Length - Digest.Size)))
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return Empty;
        }
    }

    /// <summary>The entry of a node; null where none holds for the key.</summary>
    public RenderEntry? Find(string node, Digest key) => _entries.TryGetValue(node, out var entry) && entry.Key == key ? entry : null;

    public static void Save(string path, IEnumerable<KeyValuePair<string, RenderEntry>> entries, IReadOnlyList<string> environmentVariables)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(s_format);
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

            writer.Flush();
            Digest.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)).Write(writer);
        }

        OutputFile.Replace(path, bytes.WriteTo);
    }
}
