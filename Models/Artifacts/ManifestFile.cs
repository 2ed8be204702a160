using System.Text;
using System.Text.Json;
using Models.Analysis;
using Models.Parsing;
using Models.Project.Store;
using Models.Rendering.Context;

namespace Models.Artifacts;

/// <summary>
/// Writes manifest.json in dbt's schema, version 12. The metadata is last and contains a digest of the rest, so that a file whose content is
/// unchanged is not rewritten.
/// </summary>
public static class ManifestFile
{
    /// <summary>The name of the file with the positions of the manifest's entries, which the next manifest is built from.</summary>
    public const string IndexName = BuildStore.Manifest;

    private const string SchemaVersion = "https://schemas.getdbt.com/dbt/manifest/v12.json";
    private const string DigestName = "LEADLINE_CONTENT_DIGEST";
    private const int TailLength = 2048;

    /// <param name="project">The project.</param>
    /// <param name="compiled">Compiled SQL by unique id.</param>
    /// <param name="analysed">Columns and lineage by unique id; empty without analysis.</param>
    /// <param name="path">The manifest file.</param>
    /// <param name="indexPath">The file for the positions of the manifest's entries, from which the next manifest is built; null for none.</param>
    public static void Write(
        ParsedProject project,
        IReadOnlyDictionary<string, string> compiled,
        IReadOnlyDictionary<string, AnalysedNode> analysed,
        string path,
        string? indexPath = null) =>
        Write(project, new CompiledTexts(compiled), analysed, path, indexPath);

    /// <param name="project">The project.</param>
    /// <param name="compiled">Compiled SQL by unique id.</param>
    /// <param name="analysed">Columns and lineage by unique id; empty without analysis.</param>
    /// <param name="path">The manifest file.</param>
    /// <param name="indexPath">The file for the positions of the manifest's entries, from which the next manifest is built; null for none.</param>
    internal static void Write(
        ParsedProject project, ICompiledSql compiled, IReadOnlyDictionary<string, AnalysedNode> analysed, string path, string? indexPath)
    {
        using var earlier = indexPath is null ? null : ManifestIndex.Open(indexPath, path);
        var keys = indexPath is null ? null : new ManifestKeys(project, compiled, analysed);
        var sections = new ManifestSections(project, compiled, analysed).All.ToList();
        var chunks = sections.SelectMany(s => s.Chunks).ToList();
        var parts = new IReadOnlyList<ManifestPart>[chunks.Count];
        Parallel.For(0, parts.Length, i => parts[i] = chunks[i].Render(keys, earlier));

        var content = ContentOf(sections, parts);
        if (indexPath is null ? HasContent(path, content) : earlier?.Content == content)
            return;

        var temporary = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.new";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            IReadOnlyList<ManifestPart> indexed;
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 65536))
                indexed = WriteContent(project, content, sections, parts, stream, earlier);

            // read the stamp before renaming: afterwards another process may replace the file
            var written = new FileInfo(temporary);
            var (length, time) = (written.Length, written.LastWriteTimeUtc.Ticks);
            File.Move(temporary, path, overwrite: true);
            if (indexPath is not null)
                ManifestIndex.Save(indexPath, length, time, content, indexed);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static Digest ContentOf(List<ManifestSection> sections, IReadOnlyList<ManifestPart>[] parts)
    {
        var digest = new DigestBuilder();
        foreach (var section in sections)
            digest.Add(section.Name).Add(section.Chunks.Count);

        foreach (var chunk in parts)
        {
            foreach (var part in chunk)
                digest.Add(part.Content);
        }

        return digest.Finish();
    }

    private static IReadOnlyList<ManifestPart> WriteContent(
        ParsedProject project, Digest content, List<ManifestSection> sections, IReadOnlyList<ManifestPart>[] parts, Stream stream, ManifestIndex? earlier)
    {
        var manifest = new ManifestStream(stream, earlier);
        var (open, chunk) = ("{", 0);
        foreach (var section in sections)
        {
            manifest.Write(Encoding.UTF8.GetBytes($"{open}\"{section.Name}\":{{"));
            var isFirst = true;
            foreach (var part in section.Chunks.SelectMany(_ => parts[chunk++]))
            {
                manifest.Write(part, isFirst);
                isFirst = false;
            }

            manifest.Write("}"u8);
            open = ",";
        }

        manifest.Write(Encoding.UTF8.GetBytes($",\"metadata\":{Metadata(project, content)}}}"));
        return manifest.Indexed;
    }

    private static string Metadata(ParsedProject project, Digest content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("dbt_schema_version", SchemaVersion);
            json.WriteString("dbt_version", DbtNames.DbtVersion);
            json.WriteString("generated_at", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ"));
            json.WriteString("invocation_id", Guid.NewGuid().ToString());
            json.WriteString("project_name", project.Name);
            json.WriteString("adapter_type", "postgres");
            json.WriteStartObject("env");
            json.WriteString(DigestName, content.ToString());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static bool HasContent(string path, Digest content)
    {
        if (!File.Exists(path))
            return false;

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(TailLength, stream.Length), SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Contains($"\"{DigestName}\":\"{content}\"", StringComparison.Ordinal);
    }
}
